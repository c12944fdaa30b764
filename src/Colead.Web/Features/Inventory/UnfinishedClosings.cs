namespace Colead.Web.Features.Inventory;

/// <summary>At start: finishes what a crash cut short, while the program serves already.</summary>
public sealed class UnfinishedClosings(IServiceScopeFactory scopes, ILogger<UnfinishedClosings> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var scope = scopes.CreateScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<Closing>().FinishAllAsync();
        }
        catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException or Analysis.Publishing.ReleaseRefusedException)
        {
            ClosingLog.Unfinished(log, error); // the round stays closed; nobody's answer is lost
        }
    }
}
