using System.Globalization;
using System.Text;
using Colead.Analysis;
using Colead.Analysis.Networks;

namespace Colead.Commands.Networks;

/// <summary>What may be said of a network, in plain words.</summary>
public static class NetworkFindings
{
    /// <summary>So many partners are named where only the first matter.</summary>
    private const int Named = 5;

    public static string Write(string name, NetworkMeasures measures)
    {
        var writer = new Writer(measures);
        writer.All(name);
        return writer.Text;
    }

    private sealed class Writer(NetworkMeasures m)
    {
        private readonly StringBuilder text = new();
        private readonly RelationshipNetwork net = m.Network;
        private readonly NetworkDisclosure disclosure = NetworkRules.Disclosure(m.Network);

        public string Text => text.ToString();

        public void All(string name)
        {
            Line($"{name}: {Count(net.Count, "partner")}, of whom {net.Respondents} answered ({Percent((double)net.Respondents / net.Count)}).");
            if (net.Count < 2)
            {
                Line("One partner alone makes no network.");
                return;
            }

            if (disclosure == NetworkDisclosure.DensityOnly)
            {
                Line("Fewer than half answered, so too little is known of who works with whom.");
                if (Density.RespondentsArcs(net).OrNull is { } known)
                    Line($"Those who answered report {Percent(known)} of the relationships that they could have.");
                return;
            }

            if (disclosure == NetworkDisclosure.Partial)
                Line("This picture is partial: fewer than three quarters answered, so nothing is said of single partners' places in it.");
            Ties();
            if (disclosure == NetworkDisclosure.All) HoldingTogether();
            Groups();
            Sectors();
            Ratings();
        }

        private void Ties()
        {
            Heading("Who works with whom");
            Line($"{Count(net.Out.Entries, "relationship")} {(net.Out.Entries == 1 ? "is" : "are")} reported, between {net.Any.Entries / 2} of the {(long)net.Count * (net.Count - 1) / 2} possible pairs{Share(Density.Undirected(net.Any))}.");
            if (Reciprocity.OfArcsWhereBothResponded(net).OrNull is { } returned)
                Line($"Where both partners answered, {Percent(returned)} of relationships are reported by both.");
            var isolates = Enumerable.Range(0, net.Count).Where(v => net.Any.Degree(v) == 0).ToList();
            if (isolates.Count > 0) Line($"{Count(isolates.Count, "partner")} {(isolates.Count == 1 ? "has" : "have")} no reported relationship{(disclosure == NetworkDisclosure.All ? $": {Names(isolates)}" : "")}.");
            var parts = m.Components.Count - isolates.Count;
            if (parts > 1) Line($"The others form {parts} separate groups with nothing between them; the largest is {m.Components.Sizes.Max()} partners.");
            if (m.Paths.AverageLengthWithinComponents.OrNull is { } length)
                Line($"From one partner to another takes {Number(length)} steps on average, {m.Paths.DiameterWithinComponents} at most, where there is a way at all.");
            if (m.Triads.Transitivity.OrNull is { } closed) Line($"Partners of the same partner work with each other in {Percent(closed)} of cases.");
            if (DegreeCentralisation.Undirected(net.Any).OrNull is { } gathered)
                Line($"Relationships gather at few partners to {Percent(gathered)} (0 % would be all alike, 100 % everything through one).");
        }

        private void HoldingTogether()
        {
            Heading("Who holds it together");
            var between = Enumerable.Range(0, net.Count).Where(v => m.Paths.Betweenness(v) > 0)
                .OrderByDescending(v => m.Paths.Betweenness(v)).ThenBy(v => net.Partners[v].Id, StringComparer.Ordinal).Take(Named)
                    .ToList();
            if (between.Count > 0)
                Line($"Most often on the shortest way between two others: {string.Join(", ", between.Select(v => $"{net.Partners[v].Id} ({Percent(m.Paths.NormalisedBetweenness(v).Value)} of pairs)"))}.");
            if (m.Cuts.CutPoints.Count == 0) Line("Nobody's leaving would cut others off.");
            foreach (var v in m.Cuts.CutPoints.OrderByDescending(m.Cuts.PairsParted)
                .ThenBy(v => net.Partners[v].Id, StringComparer.Ordinal).Take(Named))
            {
                var loss = m.Fragility.IfLeft(v);
                var lost = m.Fragility.CutOff(v);
                var slower = loss.EfficiencyLost.OrNull is { } share
                    ? $"; those who stay would lose {Percent(share)} of their nearness to each other" : "";
                Line($"If {net.Partners[v].Id} left, {Count(lost.Count, "partner")} would be cut off from the rest ({Names(lost)}){slower}.");
            }

            if (m.Cuts.CutPoints.Count > Named) Line($"{m.Cuts.CutPoints.Count - Named} more partners would cut others off by leaving.");
            if (m.Cuts.Bridges.Count > 0) Line($"{Count(m.Cuts.Bridges.Count, "relationship")} {(m.Cuts.Bridges.Count == 1 ? "is" : "are")} the only way for some to reach the rest.");
        }

        private void Groups()
        {
            var core = NetworkRules.ShowsCore(net, m.Core);
            var groups = NetworkRules.ShowsCommunities(net, m.Leiden.Best);
            if (!core && !groups) return;
            Heading("Centre and circles");
            if (core)
            {
                var who = disclosure == NetworkDisclosure.All ? $": {Names(m.Core!.Core)}" : "";
                Line($"There is a core of {Count(m.Core!.Core.Count, "partner")} who work with many, and an edge whose members meet mainly through it (fit {Number(m.Core.Correlation.Value)}){who}.");
            }

            if (!groups) return;
            var best = m.Leiden.Best;
            Line($"Partners form {Count(best.Communities, "circle")} that work more among themselves than with others (modularity {Number(best.Modularity.Value)}).");
            if (disclosure != NetworkDisclosure.All) return;
            foreach (var circle in Enumerable.Range(0, net.Count).GroupBy(v => best.Labels[v])
                .Where(c => c.Count() > 1)) Line($"  {Names([.. circle])}");
        }

        private void Sectors()
        {
            var ties = ExternalInternal.OfTies(net);
            if (!ties.Index.IsDefined || ExternalInternal.Expected(net).OrNull is not { } expected) return;
            Heading("Across sectors");
            Line($"{Percent((1 + ties.Index.Value) / 2)} of relationships cross sectors; if sectors were of no account it would be {Percent((1 + expected) / 2)}.");
        }

        private void Ratings()
        {
            if (m.Trust.All.Count + m.Value.All.Count == 0) return;
            Heading("Trust and value");
            Rated("Trust", m.Trust);
            Rated("Value", m.Value);
            Line($"A partner's own figure is the mean of at least {ProtectedRatings.FewestRaters} raters; the others are withheld to protect people.");
        }

        private void Rated(string what, Ratings ratings)
        {
            if (ratings.All.Count == 0) return;
            var safe = ProtectedRatings.Of(ratings, receivedMeans: true);
            Line(safe.ShowsNetwork
                ? $"{what}: {Banded(safe.NetworkMean.Value)} on a scale from {net.RatingScale.Lowest} to {net.RatingScale.Highest}, over all relationships."
                : $"{what}: withheld to protect people.");
            var shown = Enumerable.Range(0, net.Count).Where(safe.Shows)
                .OrderBy(v => net.Partners[v].Id, StringComparer.Ordinal).ToList(); // no league table
            if (shown.Count > 0) Line($"  received by {string.Join(", ", shown.Select(v => $"{net.Partners[v].Id} {Banded(safe.Received(v).Value)}"))}");
        }

        private string Banded(double mean)
        {
            var scale = net.RatingScale;
            return mean <= scale.LowUnanimity ? $"{Number(scale.LowUnanimity)} or less"
                : mean >= scale.HighUnanimity ? $"{Number(scale.HighUnanimity)} or more"
                : Number(mean);
        }

        private string Names(IReadOnlyList<int> members)
        {
            var first = string.Join(", ", members.Take(2 * Named).Select(v => net.Partners[v].Id));
            return members.Count > 2 * Named ? $"{first} and {members.Count - 2 * Named} more" : first;
        }

        private static string Share(Figure share) => share.OrNull is { } x ? $" ({Percent(x)})" : "";

        private static string Count(int count, string noun) =>
            string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

        private static string Percent(double share) => share switch
        {
            > 0 and < 0.005 => "under 1 %",
            > 0.995 and < 1 => "over 99 %",
            _ => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %"),
        };

        private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);

        private void Heading(string heading) => text.Append('\n').Append(heading).Append('\n');

        private void Line(string line) => text.Append(line).Append('\n');
    }
}
