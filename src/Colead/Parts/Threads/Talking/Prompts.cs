namespace Colead.Parts.Threads.Talking;

/// <summary>Questions that open a conversation, by dimension. They are ours; a dimension of a partnership's own gets those that suit
/// any.</summary>
public static class Prompts
{
    private static readonly string[] Any =
    [
        "Where did we see this last month? Tell it as a story, with no names.",
        "Who sees it otherwise, and what do they know that we do not?",
        "What would people we serve notice first if this were better?",
    ];

    private static readonly Dictionary<string, string[]> Own = new(StringComparer.Ordinal)
    {
        ["vision"] =
        [
            "If a new colleague asked what we are all for, would each of us say the same in one breath? Try it.",
            "Which of our own aims gets in the way of the shared one, and have we said so out loud?",
            "Who is affected by this and has never been asked where we should be heading?",
        ],
        ["outcome"] =
        [
            "Which three results would we all name without looking? Write them down apart, then compare.",
            "What do we count because it matters, and what only because we can?",
            "When a result slips, who phones whom?",
        ],
        ["levels"] =
        [
            "Which decision waited for somebody senior last month, and need not have?",
            "What does the front line know by Tuesday that boards hear in a quarter?",
            "Who leads here without the word in their job title, and how do we back them?",
        ],
        ["partnership"] =
        [
            "What has each of us changed in its own house for the sake of the others?",
            "Which problem did somebody bring here when it would have been easier to keep it quiet?",
            "Who is always in the room, and who is always told afterwards?",
        ],
        ["action"] =
        [
            "What did we try that did not work, and how soon did we stop?",
            "Which action did people who use our services help to shape, from the start?",
            "If we had one month and no new money, what would we change first?",
        ],
        ["systems"] =
        [
            "Which rule, form or contract of ours makes it harder for another partner to do right?",
            "Does money follow what we know, or what we did last year?",
            "What do we measure in volume that ought to be judged by quality?",
        ],
        ["skills"] =
        [
            "When did somebody disagree well here, and what made that possible?",
            "What do we each do under pressure that makes us harder to work with?",
            "Which skill does one partner have plenty of that the others lack?",
        ],
    };

    public static IReadOnlyList<string> For(string? dimension) => dimension is not null && Own.TryGetValue(dimension, out var own) ? own
        : Any;
}
