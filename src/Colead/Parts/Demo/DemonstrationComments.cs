namespace Colead.Parts.Demo;

/// <summary>What people of the demonstration wrote, in our words.</summary>
internal static class DemonstrationComments
{
    private const string NameWritten = "Tariq in transport";
    private const string NameInstead = "someone in transport";
    private const string Telling = "As the only chaplain here";

    public static IReadOnlyList<DemoComment> First { get; } = Of(
        "vision", "I could not tell you in one sentence what we are all for. I could tell you what my own organisation is for.",
        "vision", "The picture on the wall is lovely. Ask five of us what it means and you get five answers.",
        "vision", "For a firm like ours it is not clear why we are round this table, beyond being asked for prizes for the raffle.",
        "vision", "We talk about people getting about. We rarely ask the people who cannot.",
        "vision", "The launch day was the last time I heard anybody mention the vision.",
        "vision", "I believe in it. I would like it to be shorter.",
        "vision", "Nobody has said what success would look like for employers.",
        "outcome", "We count meetings and leaflets. I would rather count people who got to their appointment.",
        "outcome", "Three targets would be better than nineteen.",
        "outcome", "The dashboard is always two quarters old by the time it reaches us.",
        "outcome", "Good that loneliness is measured now. Less good that nobody tells the volunteers what it shows.",
        "levels", "On the late shift we hear about decisions from the local paper.",
        "levels", "Leadership here means the people with a parking space at the council.",
        "levels", "My manager asks what I think and takes it to the board. It does not come back.",
        "levels", "I am front line and I was invited to a planning day for the first time in eleven years. More of that, please.",
        "levels", "The board means well but has not been on a minibus.",
        "partnership", "The charities know each other's phones by heart. With the big public bodies you ring a switchboard.",
        "partnership", "We trust each other more than we did two years ago, mostly because of the food deliveries.",
        "partnership", "Small organisations pay for every meeting with a day's work.",
        "partnership", Telling + ", I see how little the night staff know about any of this.",
        "action", "We agree things in March and look at them again in September. Nothing happens between.",
        "action", "Every action has an owner on paper. Two of mine belong to somebody who left.",
        "action", "When the ferry stopped we sorted transport in two days, without a single form. Why not always?",
        "systems", "I type the same details into three systems for one person. None of them talks to the others.",
        "systems", "Data sharing is where good ideas go to wait.",
        "systems", "The money follows last year's budget, whatever we have learned since.",
        "skills", "I would like to learn how to run a meeting in which people from outside speak.",
        "skills", NameWritten + " is the best chair we have ever had: listens, sums up, ends on time.",
        "skills", "We are polite to each other. It is not the same as honest.",
        "skills", "Training is offered at ten in the morning. I drive a bus at ten in the morning.");

    public static IReadOnlyList<DemoComment> Second { get; } = Of(
        "vision", "Clearer than last year. I can say it now: nobody stuck at home for want of a lift.",
        "vision", "As an employer I still do not see our part in it. We signed up to something and were not asked what we could bring.",
        "vision", "We have the words. The firms nod at them and go back to work.",
        "vision", "The young people's version of the vision is the best page in the whole plan.",
        "vision", "Vision for whom? The hotels need staff who can get to work at six.",
        "vision", "I like that the patients' story now opens every meeting.",
        "outcome", "The missed appointments figure moved and we all knew why. First time that has happened.",
        "outcome", "Still too many measures, but at least somebody owns each of them.",
        "outcome", "I would stop counting attendance at events. It makes us hold events.",
        "outcome", "Tell the front line what the numbers did, not only that there are numbers.",
        "levels", "The board thinks we feel listened to. We feel surveyed.",
        "levels", "Two of us from the wards were at the planning day and our idea about lift shares is in the plan.",
        "levels", "There is still a step between the people who decide and the people who drive, cook and visit.",
        "levels", "Volunteers are thanked a great deal and asked very little.",
        "levels", "Board members came out with the food vans in spring. It changed how they talk.",
        "partnership", "I know whom to ring in every organisation now, the police included.",
        "partnership", "When two of our funders disagreed, the partnership held. I did not expect that.",
        "partnership", "Meetings have moved to places that a wheelchair gets into. It took a year to say so.",
        "partnership", "The same six people do the joint work. When they are on leave, it stops.",
        "action", "The fortnightly review is the best thing we have done: twenty minutes, what moved, what is stuck.",
        "action", "We now stop things that do not work. The walking bus ended, and nobody was blamed.",
        "action", "Actions get done. I used to dread the list and now I look at it.",
        "action", "The trial of the evening minibus went from idea to road in six weeks.",
        "action", "We act faster. I am not yet sure that we learn faster.",
        "action", "Good pace since the summer. Please keep an eye on who carries it.",
        "systems", "One referral form in place of four. My whole team noticed.",
        "systems", "Consent to share is still a different sheet in each organisation.",
        "systems", "Pooled money for transport would do more than any strategy.",
        "systems", "The shared calendar works. The shared drive does not.",
        "skills", "The action learning set gave me the courage to raise the rota problem.",
        "skills", "Chairs could learn to leave silence. The quiet people know most.",
        "skills", NameWritten + " taught four of us to facilitate, and it shows.",
        "skills", Telling + ", I was glad to be asked to lead a session.",
        "skills", "More joint training with the firms, please. They plan better than we do.");

    public static IReadOnlyList<DemoComment> Third { get; } = Of(
        "vision", "I read the vision out to new colleagues and they understood it at once.",
        "levels", "Nobody at the depot had heard that this questionnaire was coming.",
        "partnership", "The private partners sent the same person three times running. That helps.",
        "action", "The minibus trial should have a decision by now.",
        "systems", "Please sort out the consent form.",
        "skills", "A session on disagreeing well would be useful.");

    /// <summary>What is released of a comment that names somebody; null where nothing need be taken out.</summary>
    public static string? WithoutName(string text)
    {
        var without = text.Replace(NameWritten, NameInstead, StringComparison.Ordinal);
        return without == text ? null : char.ToUpperInvariant(without[0]) + without[1..];
    }

    public static bool GivesAway(string text) => text.StartsWith(Telling, StringComparison.Ordinal);

    private static DemoComment[] Of(params string[] words) => [.. words.Chunk(2).Select(pair => new DemoComment(pair[0], pair[1]))];
}
