using System.Globalization;
using Colead.Composition;
using Colead.Parts.Invitations;
using Colead.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Answering.Questionnaire;

/// <summary>Where a link leads: what is asked and promised, and a button to begin or go on; or why it leads nowhere. Opening it changes
/// nothing.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Beginnings)]
public sealed class StartModel(AnswerOperations answers) : RespondentPage(answers)
{
    public const string NoOrganisation = "none";

    protected override bool NeedsDraft => false;
    protected override Purpose OfForms => Purpose.Begin;

    /// <summary>The organisations an invited person may answer for.</summary>
    public IReadOnlyList<Place> Places { get; private set; } = [];
    public string Organisation { get; private set; } = "";
    public string Level { get; private set; } = "";
    public string? OrganisationProblem { get; private set; }
    public string? LevelProblem { get; private set; }
    public string? CodeProblem { get; private set; }
    public bool MayTryCode { get; private set; } = true;
    public bool Lost => Request.Query.ContainsKey("lost");
    public bool HasProblems => OrganisationProblem is not null || LevelProblem is not null || CodeProblem is not null;

    /// <summary>Whether another device may have a draft: of a slip, anybody's may.</summary>
    public bool TakesCode => Visit.Situation == Situation.BegunElsewhere || Visit is { IsSlip: true, Situation: Situation.Ready };

    /// <summary>Whether one says oneself where one belongs: by the open link, and by a slip that was drawn.</summary>
    public bool States => Visit.ByOpenLink || Visit.IsSlip;

    public Place? Asked => Places.Count > 0 ? Places[0] : null;

    /// <summary>A slip is of an organisation, of a sector's, or of all.</summary>
    public IReadOnlyList<SheetOrganisation> StatedOrganisations => Visit.Standing?.Invitation is { } slip
        ? [.. Round.Organisations.Where(o => (slip.OrganisationId ?? o.Id) == o.Id && (slip.Sector ?? o.Sector) == o.Sector)]
        : Round.Organisations;

    public IEnumerable<Level> StatedLevels => Visit.ByOpenLink ? Round.Levels.Append(Colead.Storage.Level.Citizen).Distinct()
        .Order() : Round.Levels.Order();

    public async Task<IActionResult> OnGetAsync()
    {
        if (RouteData.Values["secret"] is string typed && LinkSecret.Read(typed)?.ToString() is { } secret
            && typed != secret) return Redirect(AnswerLinks.Answer(secret) + Request.QueryString); // cookies know one spelling
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // pressed twice
        if (Visit.Situation == Situation.Begun) return Redirect(Arrival.Spoken(Visit.Base + "/"
            + Math.Clamp(Visit.Draft!.Pages + 1, 1, Round.Instrument.Dimensions.Count)));
        var form = await Request.ReadFormAsync();
        if (Visit.Round is not null) Speak(Round.Language(Field(form, "Language")));
        if (Visit.Situation is not (Situation.Ready or Situation.BegunElsewhere)) return Redirect(Arrival.Spoken(Visit.Base));
        (Organisation, Level) = (Field(form, "Organisation"), Field(form, "Level"));
        var (place, fits) = States ? Stated() : await ChosenAsync();
        if (!fits) return await AgainAsync();
        if (await Answers.StartAsync(Visit, place?.Organisation, place?.Level,
            Language) is not { } mark) return Redirect(Arrival.Spoken(Visit.Base));
        Keep(mark);
        return Redirect(Visit.Base + "/1");
    }

    public async Task<IActionResult> OnPostCodeAsync()
    {
        await ArriveAsync();
        if (!TakesCode) return Redirect(Visit.Base);
        var form = await Request.ReadFormAsync();
        Speak(Round.Language(Field(form, "Language")));
        var (mark, mayTryAgain) = await Answers.OpenByCodeAsync(Visit, Field(form, "Code"));
        if (mark is not null)
        {
            Keep(mark);
            return Redirect(Visit.Base);
        }
        (CodeProblem, MayTryCode) = (mayTryAgain ? Texts.CodeWrong : Texts.CodeNoMore, mayTryAgain);
        return await ShowAsync(StatusCodes.Status400BadRequest);
    }

    /// <summary>Something chosen does not fit: the page again, of how the link stands.</summary>
    private async Task<IActionResult> AgainAsync()
    {
        var language = Language;
        await ArriveAsync();
        Speak(language);
        return Visit.Situation is Situation.Ready or Situation.BegunElsewhere ? await ShowAsync(StatusCodes.Status400BadRequest)
            : Redirect(Arrival.Spoken(Visit.Base));
    }

    private async Task<IActionResult> ShowAsync(int? status = null)
    {
        if (!Visit.ByOpenLink && Visit.Situation is Situation.Ready or Situation.BegunElsewhere) Places = await Answers.PlacesAsync(Visit);
        var result = Page();
        result.StatusCode = status ?? Visit.Situation switch
        {
            Situation.Unknown => StatusCodes.Status404NotFound,
            Situation.TryLater => StatusCodes.Status503ServiceUnavailable,
            Situation.Over or Situation.Cancelled or Situation.Replaced or Situation.Withdrawn => StatusCodes.Status410Gone,
            _ => null,
        };
        return result;
    }

    private ((long? Organisation, Level Level)?, bool) Stated()
    {
        var may = StatedOrganisations;
        var id = !Visit.ByOpenLink && may.Count == 1 ? may[0].Id : may.Where(o => Id(o.Id) == Organisation).Select(o => (long?)o.Id)
            .FirstOrDefault();
        if (id is null && !(Visit.ByOpenLink && Organisation == NoOrganisation)) OrganisationProblem = Visit.ByOpenLink
            ? Texts.OrganisationMissing : Texts.SlipOrganisation;
        if (!StatedLevels.Any(l => l.ToString() == Level)) LevelProblem = Texts.LevelMissing;
        return HasProblems ? (null, false) : ((id, Enum.Parse<Level>(Level)), true);
    }

    /// <summary>People of two organisations choose; others are asked nothing, and may not choose either.</summary>
    private async Task<((long? Organisation, Level Level)?, bool)> ChosenAsync()
    {
        if (Organisation.Length == 0) return (null, true);
        var place = (await Answers.PlacesAsync(Visit)).FirstOrDefault(p => Id(p.OrganisationId) == Organisation);
        if (place is not null) return ((place.OrganisationId, place.Level), true);
        OrganisationProblem = Texts.ChooseOrganisation;
        return (null, false);
    }

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
