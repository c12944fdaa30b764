using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Proposing;

/// <summary>An organisation of the partnership, on the form that shares out voices.</summary>
public sealed record VoiceChoice(long Id, string Name);

/// <summary>The fields that say how a proposal is voted on.</summary>
public abstract class RulesFields(TimeProvider clock) : PageModel
{
    private const string Agreed = "Agreed";
    private const string OnScreen = "OnScreen";
    private const string OnPaper = "OnPaper";

    public static IReadOnlyList<Choice> VoiceWays { get; } =
    [
        new("Each", "Every organisation has one voice"),
        new(Agreed, "As agreed: some have more voices, or none", "You say how many each has, and why"),
    ];

    public static IReadOnlyList<Choice> HeldWays { get; } =
    [
        new(OnScreen, "On screen", "Partner leads vote here; who has no device draws a slip with a code."),
        new(OnPaper, "On paper", "Everyone fills in a paper. A coordinator enters the totals, once and all together."),
    ];

    public static IReadOnlyList<Choice> ScoreRanges { get; } = [new("5", "0 to 5"), new("10", "0 to 10")];

    [BindProperty]
    public DecisionMethod? Method { get; set; }

    [BindProperty]
    public string? Options { get; set; }

    [BindProperty]
    public PassAt PassAt { get; set; } = PassAt.MoreThanHalf;

    [BindProperty]
    public PassAt LeadAt { get; set; } = PassAt.MostVotes;

    [BindProperty]
    public string? Quorum { get; set; } = "50";

    [BindProperty]
    public string? Dots { get; set; } = "5";

    [BindProperty]
    public string? HighestScore { get; set; } = "5";

    [BindProperty]
    public bool Secret { get; set; }

    /// <summary>How a secret vote is held.</summary>
    [BindProperty]
    public string? Held { get; set; } = OnScreen;

    /// <summary>Who has no device, in a secret vote on screen.</summary>
    [BindProperty]
    public List<long> Slips { get; set; } = [];

    [BindProperty]
    public string? Voices { get; set; } = "Each";

    /// <summary>Voices of each organisation, in the order of the form.</summary>
    [BindProperty]
    public List<string?> Weights { get; set; } = [];

    [BindProperty]
    public string? WeightsReason { get; set; }

    [BindProperty]
    public string? OpensOn { get; set; }

    [BindProperty]
    public string? OpensTime { get; set; }

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string? ClosesTime { get; set; }

    [BindProperty]
    public string? ReviewOn { get; set; }

    public IReadOnlyList<VoiceChoice> Organisations { get; protected set; } = [];

    /// <summary>Whether the rules are unfolded: where something in them is wrong or out of the usual.</summary>
    public abstract bool RulesShown { get; }

    protected bool HasOptions => Method is not (null or DecisionMethod.Consent or DecisionMethod.YesNo);

    /// <summary>The rules, or null with what is wrong beside its field.</summary>
    protected VotingRules? ReadRules()
    {
        if (Method is null && ModelState[nameof(Method)]?.Errors.Count is null or 0) ModelState.AddModelError(nameof(Method),
            "Choose how it is decided");
        var quorum = Number(nameof(Quorum), Quorum, 0, 100, "Enter a whole number of per cent, from 0 to 100");
        var dots = Method == DecisionMethod.Dots ? Number(nameof(Dots), Dots, 1, 100, "Enter how many dots each has, from 1 to 100") : 0;
        var highest = Method == DecisionMethod.Score ? Number(nameof(HighestScore), HighestScore, 5, 10, "Choose the points") : 0;
        var weights = Voices == Agreed ? ReadWeights() : [];
        var reason = Voices == Agreed ? (WeightsReason ?? "").ReplaceLineEndings("\n").Trim() : "";
        if (Voices == Agreed && reason.Length == 0) ModelState.AddModelError(nameof(WeightsReason),
            "Say why the voices are not one each; everyone reads it");
        if (reason.Length > Proposal.ReasonLength) ModelState.AddModelError(nameof(WeightsReason), "Say it in at most 1,000 characters");
        if (Secret && Method == DecisionMethod.Consent) ModelState.AddModelError(nameof(Secret),
            "Consent cannot be secret: it lives on reasons that everyone hears");
        if (Secret && Voices == Agreed) ModelState.AddModelError(nameof(Secret),
            "In a secret vote every organisation has one voice: weights would give it away");
        if (Secret && Organisations.Count < Proposal.FewestSecretBallots) ModelState.AddModelError(nameof(Secret),
            "A secret vote needs at least five organisations; of fewer nothing could be shown");
        var (onPaper, slips) = ReadHeld();
        var opens = ReadMoment(nameof(OpensOn), OpensOn, nameof(OpensTime), OpensTime);
        var closes = ReadMoment(nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime);
        if (closes <= opens) ModelState.AddModelError(nameof(ClosesOn), "It must close after it opens");
        var review = ReadReview();
        if (!ModelState.IsValid) return null;
        var pass = Method switch { DecisionMethod.YesNo => PassAt == PassAt.MostVotes ? PassAt.MoreThanHalf : PassAt,
            DecisionMethod.ChooseOne => LeadAt, _ => PassAt.MostVotes };
        return new(Method!.Value, pass, quorum, dots, highest, Secret) { Weights = weights, WeightsReason = reason, OnPaper = onPaper,
            Slips = slips, OpensAt = opens, ClosesAt = closes, ReviewOn = review };
    }

    /// <summary>Those that may be given a voice.</summary>
    protected static Task<List<VoiceChoice>> OrganisationsAsync(PartnershipAccess access, Standing standing) =>
        access.Organisations(standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).OrderBy(o => o.NameKey)
            .Select(o => new VoiceChoice(o.Id, o.Name)).ToListAsync();

    /// <summary>Fills the form with a proposal's rules.</summary>
    protected void Show(Proposal proposal)
    {
        (Method, Options, Secret, WeightsReason) = (proposal.Method, WordingFields.Write(proposal.Options), proposal.Secret,
            proposal.WeightsReason);
        (Held, Slips) = (proposal.OnPaper ? OnPaper : OnScreen, proposal.Voices.FindAll(v => v.BySlip).ConvertAll(v => v.OrganisationId));
        if (proposal.Method == DecisionMethod.YesNo) PassAt = proposal.PassAt;
        if (proposal.Method == DecisionMethod.ChooseOne) LeadAt = proposal.PassAt;
        if (proposal.Method == DecisionMethod.Dots) Dots = Digits(proposal.Dots);
        if (proposal.Method == DecisionMethod.Score) HighestScore = Digits(proposal.HighestScore);
        (Quorum, Voices) = (Digits(proposal.QuorumPercent), proposal.Weighted ? Agreed : VoiceWays[0].Value);
        Weights = [.. Organisations.Select(o => proposal.Voices.Find(v => v.OrganisationId == o.Id) is { } voice ? Digits(voice.Weight)
            : null)];
        if (proposal.OpensAt is { } opens) (OpensOn, OpensTime) = DateAndTime.Write(opens);
        if (proposal.ClosesAt is { } closes) (ClosesOn, ClosesTime) = DateAndTime.Write(closes);
        ReviewOn = proposal.ReviewOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One way only: a paper counted beside ballots on screen would tell what those few said.</summary>
    private (bool OnPaper, IReadOnlyCollection<long> Slips) ReadHeld()
    {
        if (!Secret) return (false, []);
        if (Held is not (OnScreen or OnPaper)) ModelState.AddModelError(nameof(Held), "Choose how the secret vote is held");
        if (Held == OnPaper) return (true, []);
        var slips = Slips.Distinct().Where(id => Organisations.Any(o => o.Id == id)).ToList();
        if (slips.Count is > 0 and < Proposal.FewestSlips) ModelState.AddModelError(nameof(Slips),
            "One slip alone would tell whose it is. Tick at least two, or hold the vote on paper");
        return (false, slips);
    }

    private Dictionary<long, int> ReadWeights()
    {
        var weights = new Dictionary<long, int>();
        for (var i = 0; i < Organisations.Count; i++)
        {
            var typed = i < Weights.Count ? Weights[i]?.Trim() : null;
            if (string.IsNullOrEmpty(typed)) continue;
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
                && weight <= ProposalVoice.MostWeight) weights[Organisations[i].Id] = weight;
            else ModelState.AddModelError($"Weights[{i}]",
                $"Enter a whole number from 0 to {ProposalVoice.MostWeight} for {Organisations[i].Name}");
        }
        if (weights.Values.All(weight => weight == 0)) ModelState.AddModelError(nameof(Weights), "Give at least one organisation a voice");
        return weights;
    }

    private int Number(string field, string? typed, int least, int most, string problem)
    {
        if (int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most) return number;
        ModelState.AddModelError(field, problem);
        return 0;
    }

    private DateTime? ReadMoment(string dayField, string? day, string timeField, string? time) =>
        string.IsNullOrWhiteSpace(day) && string.IsNullOrWhiteSpace(time) ? null : DateAndTime.Read(ModelState, dayField, day, timeField,
            string.IsNullOrWhiteSpace(time) ? "17:00" : time, clock);

    private DateOnly? ReadReview()
    {
        if (string.IsNullOrWhiteSpace(ReviewOn)) return null;
        if (!DateOnly.TryParseExact(ReviewOn.Trim(), ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"],
            CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var review))
            ModelState.AddModelError(nameof(ReviewOn), "Enter a date, such as 3/12/2027");
        else if (review <= clock.Today()) ModelState.AddModelError(nameof(ReviewOn), "Choose a day to come");
        else return review;
        return null;
    }
}
