using Colead.Composition;
using Colead.Parts.Importing.Bringing;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing.Running;

namespace Colead.Parts.Importing;

/// <summary>Answers that were asked elsewhere, brought as a file.</summary>
public sealed class ImportingPart : PartnershipPart
{
    public override void AddTo(IServiceCollection services) =>
        services.AddScoped<ImportOperations>().AddScoped<AnswersUploads>().AddScoped<IEveryHour, StaleUploads>()
            .Fill<RoundsSlot, BringAnswersLinkViewComponent>();

    /// <summary>Files that nobody confirmed in time are deleted.</summary>
    private sealed class StaleUploads(AnswersUploads uploads) : IEveryHour
    {
        public Task ActAsync() => uploads.DropStaleAsync();
    }
}
