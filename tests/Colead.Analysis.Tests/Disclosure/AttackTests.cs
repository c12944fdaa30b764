using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Tests.Disclosure;

/// <summary>
/// The attacks of the specification on random rounds of up to 14 people, 4 organisations, 3 levels and 3 publications, every
/// subset of people tried. None may succeed; with its rule off, each does.
/// </summary>
public class AttackTests
{
    private static readonly bool Deep = Environment.GetEnvironmentVariable("COLEAD_DEEP") == "1";
    private static readonly int Rounds = Deep ? 200_000 : 10_000;

    private static readonly Thresholds[] Limits = [Thresholds.Standard, Thresholds.ForSmallTests(3, 5), Thresholds.ForSmallTests(2, 4)];

    [Fact]
    [Attack("A reader", "every subset of people of random rounds", "to expose fewer than the threshold", "none")]
    public void A1ToA3_EveryPatternOfARound_NoSubsetIsExposed() => Assert.Equal((0, 0, 0), Attack(ProtectionRules.All, 81, Rounds));

    [Fact]
    [Attack("A reader", "the same, thresholds off", "the same", "more than 50 of 500", MustSucceed = true)]
    public void A1_WithoutThresholds_Succeeds() => Assert.True(Attack(new() { Primary = false, Complementary = false }, 82, 500)
        .Small > 50);

    [Fact]
    [Attack("A reader", "the same, without withholding larger groups", "the same", "many", MustSucceed = true)]
    public void A2AndA3_WithoutComplementarySuppression_Succeed()
    {
        var (_, nested, linear) = Attack(new() { Complementary = false }, 83, 500);
        Assert.True(nested > 20 && linear > nested, $"{nested} {linear}");
    }

    [Fact]
    [Attack("A reader", "three publications with erasures and late answers", "to subtract them", "none")]
    public void A4_ThreePublicationsOfARound_NothingFollowsFromThemTogether()
    {
        var (published, exposed) = AttackSnapshots(republicationRule: true, 84, Rounds);
        Assert.Equal(0, exposed);
        Assert.True(published > Rounds / 10, $"{published} later publications were let through");
    }

    [Fact]
    [Attack("A reader", "the same without the rule of publishing again", "the same", "more than 50 of 500", MustSucceed = true)]
    public void A4_WithoutTheRepublicationRule_Succeeds() => Assert.True(AttackSnapshots(republicationRule: false, 85, 500).Exposed > 50);

    [Fact]
    [Attack("A reader", "questionnaires counted in place of values", "to expose a statement of few", "it does", MustSucceed = true)]
    public void A5_QuestionnairesCountedInsteadOfValues_Succeeds()
    {
        var random = new SeededRandom(86);
        var exposed = 0;
        for (var i = 0; i < 500; i++)
        {
            var round = RandomRound.Draw(random, 14, 4, 3, Limits[i % Limits.Length]);
            // Everyone sent a questionnaire; the decision counts those, the figures rest on the valid values.
            var pattern = new Protector(round.Plan).Dimension(round.Plan.Invited).Members;
            if (Space(round, pattern.Shown).ExposedGroup(pattern.Threshold) != 0) exposed++;
        }

        Assert.True(exposed > 50, $"{exposed}");
    }

    [Fact]
    [Attack("A reader", "headlines that weigh organisations alike", "to solve for a hidden one", "none")]
    public void A6_HeadlinesFromShownGroupsOnly_AddNothing() => Assert.Equal(0, AttackHeadlines(shownOnly: true, 87, Rounds));

    [Fact]
    [Attack("A reader", "headlines over hidden groups too", "the same", "more than 20 of 500", MustSucceed = true)]
    public void A6_HeadlinesOverAllGroups_GiveHiddenGroupsAway() => Assert.True(AttackHeadlines(shownOnly: false, 88, 500) > 20);

    [Fact]
    [Attack("A reader", "patterns of what is withheld", "to tell how many of a hidden group answered", "the same pattern")]
    public void A10_HiddenGroupsAnswersFromNoneToKLessOne_TheSamePattern()
    {
        var (tried, told) = AttackPattern(ProtectionRules.All, 89, 2 * Rounds);
        Assert.Equal(0, told);
        Assert.True(tried > Rounds / 2, $"{tried} tried");
    }

    [Fact]
    public void A10_WhereSmallGroupsProtectOneAnother_ThePatternTellsHowManyAnswered() =>
        Assert.True(AttackPattern(new() { SureMembersOnly = false }, 90, 2000).Told > 20);

    [Fact]
    [Attack("A reader", "both tiers together", "to subtract them", "nothing; where they are not nested, some")]
    public void TwoTiers_ReadTogether_LeakOnlyWhereTheyAreNotNested()
    {
        int nested = 0, apart = 0;
        var random = new SeededRandom(91);
        for (var i = 0; i < 3000; i++)
        {
            var round = RandomRound.Draw(random, 60, 8, 4, Limits[1 + i % 2]);
            nested += UnionLeaks(round, ProtectionRules.All) ? 1 : 0;
            apart += UnionLeaks(round, new() { Nested = false }) ? 1 : 0;
        }

        Assert.Equal(0, nested);
        Assert.True(apart > 0, "no leak without nesting");
    }

    private static bool UnionLeaks(RandomRound round, ProtectionRules rules)
    {
        var pattern = new Protector(round.Plan, rules).Dimension(round.Counts);
        var views = new FixedViews(round.Plan, round.Counts,
            SurePeople.Of(round.Plan, round.Counts, pattern.Members.Threshold, new() { SureMembersOnly = false }),
            pattern.Members.Threshold);
        var shown = new bool[views.Cells];
        foreach (var cell in pattern.Members.Shown.Union(pattern.Precise.Shown).Union(pattern.Open.Shown)) shown[views.IndexOf[cell]] =
            true;
        return !new FixedViewAudit(views, pattern.Members.Threshold).Find(shown).Passes;
    }

    /// <summary>How many rounds had a small cell shown, a small difference of nested cells, or an exposed combination.</summary>
    private static (int Small, int Nested, int Linear) Attack(ProtectionRules rules, ulong seed, int rounds)
    {
        var random = new SeededRandom(seed);
        int small = 0, nested = 0, linear = 0;
        for (var i = 0; i < rounds; i++)
        {
            var round = RandomRound.Draw(random, 14, 4, 3, Limits[i % Limits.Length]);
            var pattern = new Protector(round.Plan, rules).Dimension(round.Counts);
            bool isSmall = false, isNested = false, isLinear = false;
            foreach (var set in (CellPattern[])[pattern.Members, pattern.Precise, pattern.Open])
            {
                var cells = set.Shown.Select(c => round.In(c).ToHashSet()).ToArray();
                isSmall |= Array.Exists(cells, c => c.Count < set.Threshold);
                isNested |= cells.Any(x => cells.Any(y => x.IsProperSubsetOf(y) && y.Count - x.Count < set.Threshold));
                var space = Space(round, set.Shown);
                isLinear |= space.ExposedGroup(set.Threshold) != 0 || space.TouchesFewerThan(set.Threshold);
            }

            small += isSmall ? 1 : 0;
            nested += isNested ? 1 : 0;
            linear += isLinear ? 1 : 0;
        }

        return (small, nested, linear);
    }

    private static (int Published, int Exposed) AttackSnapshots(bool republicationRule, ulong seed, int rounds)
    {
        var random = new SeededRandom(seed);
        int published = 0, exposed = 0;
        for (var i = 0; i < rounds; i++)
        {
            var round = RandomRound.Draw(random, 14, 4, 3, Limits[i % Limits.Length]);
            var k = round.Plan.Thresholds.Means;
            var states = new List<Snapshot>();
            var figures = new List<ulong[]>();
            for (var publication = 0; publication < 3; publication++)
            {
                var pattern = new Protector(round.Plan).Dimension(round.Counts).Members;
                var next = round.Snapshot(pattern);
                if (states.Count == 0 || !republicationRule || Republication.Obstacles(states, next, k).Count == 0)
                {
                    if (states.Count > 0) published++;
                    states.Add(next);
                    figures.AddRange(pattern.Shown.Select(c => PersonSpace.Indicator(round.People.Count, round.In(c))));
                }

                // Between publications answers are erased and others arrive: one or two people, or many of one kind.
                var valid = round.Valid.ToList();
                var few = random.Next(2) == 0;
                var gone = random.Next(2) == 0;
                for (var p = 0; p < valid.Count; p++)
                    if (few ? random.Next(valid.Count) < 2 : random.Next(4) > 0) valid[p] = few ? !valid[p] : !gone;
                round = round.WithValid(valid);
            }

            if (new PersonSpace(round.People.Count, figures).ExposedGroup(k) != 0) exposed++;
        }

        return (published, exposed);
    }

    /// <summary>
    /// Publishes beside the cells what is derived from them: the mean of unit means, and level means weighted by the roster;
    /// over the groups shown, or over all with an answer.
    /// </summary>
    private static int AttackHeadlines(bool shownOnly, ulong seed, int rounds)
    {
        var random = new SeededRandom(seed);
        var exposed = 0;
        for (var i = 0; i < rounds; i++)
        {
            var round = RandomRound.Draw(random, 14, 4, 3, Limits[i % Limits.Length]);
            var pattern = new Protector(round.Plan).Dimension(round.Counts).Members;
            Cell[] Known(IEnumerable<Cell> cells) => [.. cells.Where(c => shownOnly ? pattern.Shows(c) : round.In(c).Any())];
            Cell[] units = Known(Enumerable.Range(0, round.Plan.Units.Count).Select(Cell.Unit));
            Cell[] levels = Known(round.Plan.Planned.Where(c => c.Kind == ViewKind.Level));
            int[] invited = [.. levels.Select(l => round.People.Count(p => round.Plan.Belongs(p, l)))];
            ulong[] equal = new ulong[round.People.Count], byRoster = new ulong[round.People.Count];
            foreach (var unit in units) PersonSpace.AddMean(equal, [.. round.In(unit)], 1, units.Length);
            for (var l = 0; l < levels.Length; l++) PersonSpace.AddMean(byRoster, [.. round.In(levels[l])], invited[l], invited.Sum());
            var figures = pattern.Shown.Select(c => PersonSpace.Indicator(round.People.Count, round.In(c))).Append(equal).Append(byRoster);
            if (new PersonSpace(round.People.Count, figures).TouchesFewerThan(pattern.Threshold)) exposed++;
        }

        return exposed;
    }

    /// <summary>
    /// Rounds in which a group answering in another way below its threshold changed anything in what is shown, though every
    /// other planned cell stayed on its side of its thresholds.
    /// </summary>
    private static (int Tried, int Told) AttackPattern(ProtectionRules rules, ulong seed, int rounds)
    {
        var random = new SeededRandom(seed);
        int tried = 0, told = 0;
        for (var i = 0; i < rounds; i++)
        {
            var round = RandomRound.Draw(random, i % 4 == 0 ? 60 : 14, 4, 3, Limits[i % Limits.Length]);
            var groups = round.Plan.Planned.Where(c => c.Kind != ViewKind.All).ToList();
            if (round.Plan.Folds.OrganisationRows) groups.AddRange(Enumerable.Range(0, round.Plan.Units.Count).Select(Cell.Unit));
            var group = groups[random.Next(groups.Count)];
            var members = Enumerable.Range(0, round.People.Count).Where(p => round.Plan.Belongs(round.People[p], group)).ToArray();
            if (members.Length == 0) continue;
            var limits = round.Plan.Thresholds;
            // A sector or level below k_d is hidden from the open tier, where it must not show either.
            var details = group.Kind is ViewKind.Sector or ViewKind.Level && random.Next(2) == 0;
            List<bool> first = Answering(), second = Answering();
            if (!Sides(first).SequenceEqual(Sides(second))) continue;
            tried++;
            DimensionPattern one = Decide(first), other = Decide(second);
            var same = one.Open.Shown.SetEquals(other.Open.Shown) && one.Precise.Shown.SetEquals(other.Precise.Shown)
                && (details || one.Members.Shown.SetEquals(other.Members.Shown));
            if (!same) told++;

            DimensionPattern Decide(List<bool> valid) => new Protector(round.Plan, rules).Dimension(round.WithValid(valid).Counts);

            IEnumerable<int> Sides(List<bool> valid)
            {
                var counts = round.WithValid(valid).Counts;
                return round.Plan.Planned.Select(c => round.Plan.CountOf(counts, c))
                    .Select(n => (n >= limits.Means ? 1 : 0) + (n >= limits.Details ? 1 : 0)).ToList();
            }

            List<bool> Answering()
            {
                var valid = round.Valid.ToList();
                foreach (var p in members) valid[p] = false;
                var order = members.ToArray();
                random.Shuffle<int>(order);
                foreach (var p in order.Take(random.Next(details ? limits.Details : limits.Means))) valid[p] = true;
                return valid;
            }
        }

        return (tried, told);
    }

    private static PersonSpace Space(RandomRound round, IEnumerable<Cell> cells) =>
        new(round.People.Count, cells.Select(c => PersonSpace.Indicator(round.People.Count, round.In(c))));
}
