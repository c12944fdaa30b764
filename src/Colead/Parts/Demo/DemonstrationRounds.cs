using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Demo;

/// <summary>
/// The demonstration's rounds: two that were closed and published a year apart, by the real closing, and one that is open. Boards see more
/// than the front line, firms see little shared vision, and acting together grew from the first round to the second; a test shows that
/// these come out as the top findings.
/// </summary>
public sealed class DemonstrationRounds(ColeadDb db, KeyFolder keys, InstrumentOperations instruments, InvitationOperations invitations,
    AskedPeople asked, ClosingOperations closing, RoundComments waiting, PublishingOperations publishing, TimeProvider clock)
{
    private const ulong Seed = 20261121;
    private static readonly Instrument Asked = ShippedInstruments.Inventory12;

    /// <summary>Where a dimension stands for a middle manager of a public body, on twelve points.</summary>
    private static readonly double[] DimensionBase = [7.4, 6.9, 5.9, 7.2, 5.6, 5.2, 6.4];

    /// <summary>Makes what is missing, so that it can go on after having been cut short.</summary>
    public async Task FillAsync(long partnershipId)
    {
        var today = Dates.DayOf(await db.Set<Partnership>().Where(p => p.Id == partnershipId).Select(p => p.CreatedAt).SingleAsync());
        var first = new DemoRound(1, Afternoon(today.AddDays(14 - 728)), 0.82, 0, DemonstrationComments.First);
        var second = new DemoRound(2, Afternoon(today.AddDays(14 - 364)), 0.86, 1.3, DemonstrationComments.Second);
        var third = new DemoRound(3, Afternoon(today.AddDays(17)), 0.28, 1.6, DemonstrationComments.Third);
        foreach (var round in new[] { first, second, third })
        {
            var id = await db.Set<Round>().Where(r => r.PartnershipId == partnershipId && r.Name == round.Name).Select(r => (long?)r.Id)
                .FirstOrDefaultAsync() ?? await OpenAsync(partnershipId, round);
            if (round == third || await db.Set<Round>().AnyAsync(r => r.Id == id && r.State == RoundState.Published)) continue;
            await closing.CloseAsync(id, round.Closes);
            await db.Set<Round>().Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.ClosesAt, round.Closes));
            await DecideAsync(id);
            await publishing.PublishAsync(standing: null, id, (await publishing.StateAsync(id)).Seen, round.Closes.AddDays(6));
        }
    }

    private static DateTime Afternoon(DateOnly day) => Dates.FromLondon(day, new TimeOnly(17, 0))!.Value;

    /// <summary>The round with everyone invited and most answers sent.</summary>
    private async Task<long> OpenAsync(long partnershipId, DemoRound of)
    {
        db.ChangeTracker.Clear();
        var key = keys.Make(KeyUse.Round);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var organisations = await db.Set<Organisation>().Where(o => o.PartnershipId == partnershipId).OrderBy(o => o.Id).ToListAsync();
        var round = new Round
        {
            PartnershipId = partnershipId,
            Name = of.Name,
            State = RoundState.Open,
            InstrumentHash = await instruments.KeepAsync(Asked),
            Languages = ["en", "cy"],
            FoldsDecided = true,
            Ways = [RoundWay.Merge, RoundWay.Paper], // a demonstration writes to nobody
            Key = key.Fingerprint,
            OpenedAt = of.Closes.AddDays(-21),
            // One that is over has no such time yet: the clock of a program that runs already would close it, as of today.
            ClosesAt = of.Closes > clock.Now() ? of.Closes : null,
            OpenLink = of.Number == 1 ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Contact = $"Morgan Ellery, {Demonstration.CoordinatorEmail}",
            CreatedAt = of.Closes.AddDays(-40),
        };
        round.Organisations.AddRange(organisations.Select(o => new RoundOrganisation { OrganisationId = o.Id, Name = o.Name,
            Sector = o.Sector, ListConfirmed = true }));
        db.Set<Round>().Add(round);
        await db.SaveChangesAsync();
        var people = (await asked.InviteesAsync(round)).OrderBy(p => p.PersonId).ToList();
        await invitations.InviteAllAsync(round, people, _ => true);
        var places = await db.Set<Invitation>().AsNoTracking().Where(i => i.RoundId == round.Id).OrderBy(i => i.Id)
            .Select(i => new { i.Id, i.PersonId }).ToListAsync();
        var own = places.Where(p => p.PersonId is not null).ToDictionary(p => p.PersonId!.Value, p => p.Id);
        var slips = new Queue<long>(places.Where(p => p.PersonId is null).Select(p => p.Id)); // whichever they drew
        var invited = people.ConvertAll(p => new Asking(own.TryGetValue(p.PersonId, out var id) ? id : slips.Dequeue(), p.OrganisationId,
            p.Level));
        Fold(round, invited);
        await db.SaveChangesAsync();
        await AnswerAsync(round, key, of, invited);
        await transaction.CommitAsync();
        return round.Id;
    }

    /// <summary>The proposal that the program itself would make.</summary>
    private static void Fold(Round round, List<Asking> invited)
    {
        var plan = RoundPlan.Of(round, invited.GroupBy(i => (i.OrganisationId, i.Level))
            .Select(g => new InvitedPeople(g.Key.OrganisationId, g.Key.Level, g.Count())));
        var organisations = round.Organisations.OrderBy(o => o.OrganisationId).ToList();
        foreach (var (fold, number) in FoldProposal.Propose(plan.Roster!, plan.Thresholds).Folds.Select((fold, i) => (fold, i + 1)))
            foreach (var organisation in fold) organisations[organisation].Fold = number;
    }

    private async Task AnswerAsync(Round round, SealingKey key, DemoRound of, List<Asking> invited)
    {
        var random = new SeededRandom(Seed + (ulong)of.Number);
        var sectors = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Sector);
        var items = new SeededRandom(Seed);
        double[] itemEffect = [.. Asked.Items.Select(_ => 0.5 * Normal(items))];
        var answered = invited.Where(i => random.NextDouble() < of.RateOf(i.Level)).ToList();
        var comments = CommentsOf(answered.Count, of.Comments, random);
        var responses = answered.Select((i, n) => Answered(key.Tag(SealedAnswers.AnsweredTag, i.Id), i.OrganisationId, i.Level,
            Answers(i.Level, sectors[i.OrganisationId], of.Acting, itemEffect, random), comments[n])).ToList();
        for (var citizen = 0; round.OpenLink is not null && citizen < (of.Number == 2 ? 14 : 6); citizen++)
            responses.Add(Answered([], null, Level.Citizen, Answers(Level.Citizen, Sector.Public, of.Acting, itemEffect, random), []));
        random.Shuffle<AnswerContent>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(responses));
        await NewResponses.InsertAsync(db, key, round.Id, responses);
        await NewResponses.MarkAsync(db, round.Id, answered.Select(i => key.Tag(SealedAnswers.AnsweredTag, i.Id)));
    }

    private static AnswerContent Answered(byte[] tag, long? organisation, Level level, byte[] answers, string[] comments) =>
        new(organisation is null, tag, organisation, Sector: null, level, Counts: organisation is not null, answers,
            JsonSerializer.Serialize(comments.Length > 0 ? comments : [.. Asked.Dimensions.Select(_ => "")]));

    /// <summary>Deals the comments out to people who answered, at most one each.</summary>
    private static string[][] CommentsOf(int people, IReadOnlyList<DemoComment> comments, SeededRandom random)
    {
        var order = Enumerable.Range(0, people).ToArray();
        random.Shuffle<int>(order);
        var dealt = new string[people][];
        for (var n = 0; n < people; n++) dealt[order[n]] = [.. Asked.Dimensions.Select(d => n < comments.Count && comments[n]
            .Dimension == d.Id ? comments[n].Text : "")];
        return dealt;
    }

    private static byte[] Answers(Level level, Sector sector, double acting, double[] itemEffect, SeededRandom random)
    {
        var person = 1.0 * Normal(random) + level switch { Level.Board => 1.9, Level.Senior => 0.8, Level.Frontline => -1.4,
            Level.Citizen => -0.8, _ => 0 };
        var answers = new byte[Asked.ItemCount];
        for (var (dimension, i) = (0, 0); dimension < Asked.Dimensions.Count; dimension++)
        {
            var shift = Asked.Dimensions[dimension].Id switch
            {
                "vision" when sector == Sector.Private => -2.9,
                "action" => acting,
                _ => 0,
            };
            foreach (var _ in Asked.Dimensions[dimension].Items)
            {
                var value = DimensionBase[dimension] + person + shift + itemEffect[i] + (1.4 * Normal(random));
                var chance = random.NextDouble();
                answers[i++] = chance < 0.03 ? Answer.SkippedCode
                    : chance < (level == Level.Citizen ? 0.15 : 0.07) ? Answer.DontKnowCode
                    : (byte)Math.Clamp((int)Math.Round(value, MidpointRounding.AwayFromZero), 1, Asked.Scale.Options);
            }
        }
        return answers;
    }

    /// <summary>What the coordinator decided: nearly all as they are, a name taken out, and one that would give its writer away
    /// withheld.</summary>
    private async Task DecideAsync(long roundId)
    {
        foreach (var comment in await waiting.ReadAsync(roundId))
            await waiting.DecideAsync(roundId, comment.Key, DemonstrationComments.GivesAway(comment.Text) ? CommentDecision.Withheld
                : CommentDecision.Released, DemonstrationComments.WithoutName(comment.Text));
        await db.SaveChangesAsync();
    }

    /// <summary>Near enough normal, and the same on every machine: sums of twelve uniforms need no library function.</summary>
    private static double Normal(SeededRandom random)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += random.NextDouble();
        return sum;
    }

    private sealed record Asking(long Id, long OrganisationId, Level Level);

    private sealed record DemoRound(int Number, DateTime Closes, double Rate, double Acting, IReadOnlyList<DemoComment> Comments)
    {
        /// <summary>Boards answer most, their chief officers least.</summary>
        public double RateOf(Level level) => level switch { Level.Board => Math.Min(1, Rate * 1.15), Level.Senior => Rate * 0.85,
            _ => Rate };

        public string Name => "Inventory, " + Closes.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
    }
}

/// <summary>A comment and the dimension it was written beside.</summary>
internal sealed record DemoComment(string Dimension, string Text);
