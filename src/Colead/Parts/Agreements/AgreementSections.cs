using Colead.Parts.Partnerships;

namespace Colead.Parts.Agreements;

/// <summary>A section that an agreement should have, with what helps to write it.</summary>
/// <param name="Key">By which what was written is kept.</param>
/// <param name="Prompt">Questions that the section answers.</param>
public sealed record SectionPrompt(string Key, string Title, string Prompt);

/// <summary>Which sections a governing document has, by the kind of partnership: few where little is at stake, more where money, a contract
/// or the law comes in.</summary>
public static class AgreementSections
{
    private static readonly SectionPrompt Partners = new("partners", "Our name and who we are",
        "What is the partnership called? Name each organisation as it is registered, and say who may speak for it.");
    private static readonly SectionPrompt Aims =
        new("aims", "What we are for",
        "What do we want to change, for whom, and where? Why can none of us do it alone? Two or three sentences that everyone could repeat.");
    private static readonly SectionPrompt Roles =
        new("roles", "Who does what",
        "What does each partner bring and look after? Who calls meetings, keeps the papers, and speaks for us outside?");
    private static readonly SectionPrompt Tasks =
        new("tasks", "What we do first", "The first few tasks: who does each, with whom, by when? A table of three columns is enough.");
    private static readonly SectionPrompt Standards = new("standards", "How we work together",
        "What may partners expect of each other: how quickly do we answer, how do we disagree, how do we speak of each other to others?");
    private static readonly SectionPrompt SmallMoney =
        new("money", "Money and time", "Does anyone pay anything, or give staff time, rooms or things? If nothing changes hands, say so.");
    private static readonly SectionPrompt Money =
        new("money", "Money, staff and things",
        "What does each partner put in: money, staff time, rooms, data? Where does income come from, who holds it, who may spend it, and what happens to what is left?");
    private static readonly SectionPrompt Reporting =
        new("reporting", "How we report",
        "Who hears how we get on: our boards, funders, the people we work for? How often, and in what form?");
    private static readonly SectionPrompt Membership = new("membership", "Joining, and staying a partner",
        "Who may join, and who decides? What must a partner do to stay one? When does membership end by itself?");
    private static readonly SectionPrompt Scope = new("scope", "What we may decide together",
        "Which questions does the partnership decide, and which stay with each partner’s own board? What may a committee or a person decide without asking everyone?");
    private static readonly SectionPrompt Powers = new("powers", "What the partnership may do",
        "May it employ people, sign contracts, hold property, apply for grants? If it is no legal body, who does these on its behalf?");
    private static readonly SectionPrompt Meetings = new("meetings", "Meetings, votes and minutes",
        "How often do we meet, who must be there for a meeting to count, who chairs? How do we decide: by consent, by vote, with which voices? Who writes the minutes and who sees them?");
    private static readonly SectionPrompt Accountable = new("accountable", "Who is accountable for the money",
        "Which organisation holds the money, and which officer there answers for it? Who carries a loss? What of insurance, VAT, audit, and things bought together?");
    private static readonly SectionPrompt Term =
        new("term", "How long it lasts",
        "From when to when? Which dates matter on the way? How much notice does anyone give who wants to end it?");
    private static readonly SectionPrompt Disputes =
        new("disputes", "When we cannot agree", "Who is asked first, who next, and who has the last word? How long may it take?");
    private static readonly SectionPrompt Amendments = new("amendments", "Changing this agreement",
        "Who may propose a change, who must agree to it, and how does everyone hear of it?");
    private static readonly SectionPrompt Leaving =
        new("leaving", "Leaving",
        "How does a partner leave: with how much notice, told to whom? What becomes of its tasks, its money, shared things, data, and any duty the law gives it?");
    private static readonly SectionPrompt Ending =
        new("ending", "Ending the partnership",
        "When is our work done? Who decides to end it, who is told, and what becomes of money, things, papers and staff?");
    private static readonly SectionPrompt Service = new("service", "What is delivered, and how well",
        "What is to be done, where, for how many, to what standard? How will we see whether it is good?");
    private static readonly SectionPrompt Voice = new("voice", "What all parties decide together",
        "Who sets the agenda, who may change the scope, and on what does every party have a vote? Without this it is a contract, and no partnership.");
    private static readonly SectionPrompt Payments =
        new("payments", "Payments", "Who pays whom, how much, when, against what? What happens when costs rise, or a target is missed?");
    private static readonly SectionPrompt Liability =
        new("liability", "Risk and liability", "Who carries which risk? What insurance has each party? What is nobody liable for?");
    private static readonly SectionPrompt Records =
        new("records", "Records and audit", "Which records are kept, for how long, and who may look at them?");
    private static readonly SectionPrompt Duty = new("duty", "The duty the law gives us",
        "Which law asks it, of which partners, and do they share it equally? What must they do together, and what must they publish?");
    private static readonly SectionPrompt Agencies = new("agencies", "Other agencies we work with",
        "Whom do we name as taking part, and what do we ask of them? How do they hear of it, and how do they tell us when it does not work?");
    private static readonly SectionPrompt Scrutiny = new("scrutiny", "Who looks at us from outside",
        "Who checks independently how we do? How do we hear the people concerned, and how do we learn when something goes badly wrong?");
    private static readonly SectionPrompt YearlyReport = new("reporting", "Our published report",
        "What do we publish, when, and where? What must be in it: what we did, what it changed, what we decided to do otherwise?");

    private static readonly SectionPrompt[] Informal = [Partners, Aims, Roles, Tasks, Standards, SmallMoney, Reporting, Leaving];
    private static readonly SectionPrompt[] Formal = [Partners, Aims, Membership, Roles, Scope, Powers, Meetings, Money, Accountable, Term,
        Disputes, Amendments, Leaving, Ending];
    private static readonly SectionPrompt[] Contract = [Partners, Aims, Roles, Service, Voice, Payments, Accountable, Liability, Records,
        Term, Disputes, Amendments, Leaving];
    private static readonly SectionPrompt[] Statutory = [Partners, Duty, Aims, Roles, Agencies, Scope, Meetings, Money, Scrutiny,
        YearlyReport, Disputes, Amendments, Leaving];

    public static IReadOnlyList<SectionPrompt> For(PartnershipKind kind) => kind switch
    {
        PartnershipKind.Informal => Informal,
        PartnershipKind.Contract => Contract,
        PartnershipKind.Statutory => Statutory,
        _ => Formal,
    };

    /// <summary>A section of this kind of agreement, or of another kind under which it was once written.</summary>
    public static SectionPrompt? Find(PartnershipKind kind, string key) =>
        For(kind).FirstOrDefault(section => section.Key == key) ?? Enum.GetValues<PartnershipKind>().SelectMany(For)
            .FirstOrDefault(section => section.Key == key);

    /// <summary>Where leaving is written about.</summary>
    public static string LeavingKey => Leaving.Key;
}
