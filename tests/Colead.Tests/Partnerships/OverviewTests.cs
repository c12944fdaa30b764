using System.Collections.Concurrent;
using System.Data.Common;
using Colead.Parts.Actions;
using Colead.Parts.Budget;
using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Engines.Postgres;
using Colead.Storage.Engines.Sqlite;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Partnerships;

public class OverviewTests
{
    private const int MostQuestions = 11; // of which each part that has something under way asks one

    /// <summary>However full the partnership is, its first page asks the database a few times and no more.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Overview_OfAFullPartnership_AsksTheDatabaseElevenTimesAtMost(Engine engine)
    {
        var questions = new Questions();
        await using var app = await TestApp.StartAsync(engine, adjust: builder =>
        {
            if (engine == Engine.Sqlite) builder.Services.ConfigureDbContext<SqliteColeadDb>(options => options.AddInterceptors(questions));
            else builder.Services.ConfigureDbContext<PostgresColeadDb>(options => options.AddInterceptors(questions));
        });
        var id = await app.DbAsync(db => BusyPartnership.AddAsync(db, app.Clock.GetUtcNow().UtcDateTime));
        await app.DbAsync(db => AssertFullAsync(db, id));
        var account = await app.AccountAsync();
        await app.SaveAsync(db => db.Set<RoleGrant>()
            .Add(new RoleGrant { PartnershipId = id, AccountId = account.Id, Role = Role.Coordinator, GrantedAt = app.Clock.GetUtcNow()
            .UtcDateTime }));
        using var coordinator = await app.SignedInAsync(account);
        var page = await coordinator.GetAsync(PartnershipsLinks.Overview(id));
        Assert.Contains("60 organisations", string.Join(' ', page.Document.QuerySelectorAll(".figures div")
            .Select(figure => figure.QuerySelector("dd")!.TextContent + " " + figure.QuerySelector("dt")!.TextContent)),
            StringComparison.Ordinal);
        Assert.Contains("600", page.Text, StringComparison.Ordinal);
        Assert.Contains("3 votes are open", page.Text, StringComparison.Ordinal);
        Assert.Contains("No organisation has a partner lead yet", page.Text, StringComparison.Ordinal);
        var asked = questions.Of(PartnershipsLinks.Overview(id));
        Assert.True(asked.Count is > 0 and <= MostQuestions, $"{asked.Count} questions:\n{string.Join("\n\n", asked)}");
    }

    private static async Task<bool> AssertFullAsync(ColeadDb db, long id)
    {
        Assert.Equal(BusyPartnership.Organisations, await db.Set<Organisation>().CountAsync(o => o.PartnershipId == id));
        Assert.Equal(BusyPartnership.Actions, await db.Set<PlannedAction>().CountAsync(a => a.PartnershipId == id));
        Assert.Equal(BusyPartnership.Decisions, await db.Set<Proposal>().CountAsync(p => p.PartnershipId == id));
        Assert.Equal(BusyPartnership.LedgerLines, await db.Set<JournalLine>().CountAsync(l => l.Entry!.PartnershipId == id));
        return true;
    }

    /// <summary>What requests ask the database; what the program does by itself meanwhile is left out.</summary>
    private sealed class Questions : DbCommandInterceptor
    {
        private static readonly HttpContextAccessor Http = new();
        private readonly ConcurrentQueue<(string Path, string Command)> asked = new();

        public List<string> Of(string path) => [.. asked.Where(question => question.Path == path).Select(question => question.Command)];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
            InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData,
            InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData,
            InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return base.ScalarExecutingAsync(command, eventData, result, cancellationToken);
        }

        private void Count(DbCommand command)
        {
            if (Http.HttpContext?.Request.Path.Value is { } path) asked.Enqueue((path, command.CommandText));
        }
    }
}
