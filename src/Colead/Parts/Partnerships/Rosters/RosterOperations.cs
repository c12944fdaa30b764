using System.Globalization;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>How the file is to be understood: its columns, what words mean that we do not know, and what was said to questions.</summary>
public sealed record RosterReading(RosterColumns Columns, IReadOnlyDictionary<string, Level> Levels, IReadOnlyDictionary<string,
    Sector> Sectors)
{
    private const double Most = 0.5;

    /// <summary>What the columns are called, where that says more than what they are.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    public string Heading(RosterColumn column) => Columns[column] is >= 0 and var place && place < Headings.Count ? Headings[place] : "";

    /// <summary>Answers to questions, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Said { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static RosterReading Guess(TableFile file) => new(WithLevel(RosterColumns.Guess(file.Headers), file), new Dictionary<string,
        Level>(StringComparer.Ordinal), new Dictionary<string, Sector>(StringComparer.Ordinal)) { Headings = file.Headers };

    /// <summary>Where no column is called a level, a title that is one for most people will do.</summary>
    private static RosterColumns WithLevel(RosterColumns columns, TableFile file)
    {
        var title = columns[RosterColumn.Title];
        if (columns[RosterColumn.Level] >= 0 || title < 0) return columns;
        var filled = file.Rows.Select(row => row[title]).Where(text => text.Length > 0).ToList();
        return filled.Count > 0 && filled.Count(text => RosterWords.LevelOf(text) is not null) >= filled.Count * Most
            ? new(new Dictionary<RosterColumn, int>(columns.Places) { [RosterColumn.Level] = title }) : columns;
    }
}

/// <summary>Something about one row. A problem keeps the row out; a note says what we made of it.</summary>
public sealed record RosterRemark(int Row, string Column, string Sentence, bool IsProblem);

/// <summary>What importing the file does, found by doing it without saving.</summary>
public sealed class RosterPlan
{
    public List<RosterRemark> Remarks { get; } = [];
    public List<string> MissingColumns { get; } = [];
    public SortedDictionary<string, string> UnknownLevels { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, string> UnknownSectors { get; } = new(StringComparer.Ordinal);
    public List<string> NewOrganisations { get; } = [];
    /// <summary>What only a person can say; nothing is saved before.</summary>
    public List<FileQuestion> Questions { get; } = [];
    /// <summary>New people, those with unusual letters first.</summary>
    public IReadOnlyList<(string Name, string Organisation, bool IsUnusual)> People { get; set; } = [];
    public int NewPeople { get; set; }
    public int NewMemberships { get; set; }
    public int ChangedPeople { get; set; }
    public int Unchanged { get; set; }
    public int NotInFile { get; set; }

    public IEnumerable<RosterRemark> Problems => Remarks.Where(remark => remark.IsProblem);
    public int RowsLeftOut => Problems.Select(problem => problem.Row).Distinct().Count();
    public bool Waits => Questions.Any(question => question.Waits);
    public bool ChangesSomething => NewOrganisations.Count + NewPeople + NewMemberships + ChangedPeople > 0;

    /// <summary>The outcome in short, to see at confirmation whether it is still what was shown.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture,
        $"{NewOrganisations.Count}.{NewPeople}.{NewMemberships}.{ChangedPeople}.{Unchanged}.{RowsLeftOut}.{Questions.Count(question => question.Waits)}");
}

/// <summary>Puts a file onto the roster. Preview and confirmation run the same code; only confirmation saves, all in one
/// transaction.</summary>
public sealed class RosterOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    private readonly DateOnly today = clock.Today();
    private readonly Dictionary<string, Organisation> organisations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> byEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<(Organisation, string NameKey), List<Person>> byName = [];
    private readonly Dictionary<(Person, Organisation), int> seen = [];
    private readonly Dictionary<Person, int> firstRow = [];
    private readonly Dictionary<string, Sector> sectorInFile = new(StringComparer.Ordinal);
    private readonly HashSet<Person> changed = [];
    private readonly HashSet<Person> added = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> withoutSector = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Organisation?> near = new(StringComparer.Ordinal);
    private string organisationAbove = "";
    private int blankBelow;

    /// <summary>How the file is likely to be understood: by its headings, and by what was said of the last list.</summary>
    public async Task<RosterReading> GuessAsync(Standing standing, TableFile file)
    {
        var guess = RosterReading.Guess(file);
        var kept = await db.Set<RosterMapping>().Where(m => m.PartnershipId == standing.PartnershipId)
            .Select(m => m.Content).FirstOrDefaultAsync();
        return RememberedMapping.Read(kept)?.Over(guess, file) ?? guess;
    }

    /// <summary>Changes the entities in memory as the file asks. Nothing is stored until <see cref="SaveAsync"/>.</summary>
    public async Task<RosterPlan> PlanAsync(Standing standing, TableFile file, RosterReading reading)
    {
        var known = await LoadAsync(standing);
        var plan = new RosterPlan();
        if (!reading.Columns.HasName) plan.MissingColumns.Add("the name");
        var groups = reading.Columns[RosterColumn.Organisation] < 0 && standing.IsCoordinator ? Groups(file) : [];
        if (reading.Columns[RosterColumn.Organisation] < 0 && standing.IsCoordinator
            && groups.Count == 0) plan.MissingColumns.Add("the organisation");
        if (plan.MissingColumns.Count > 0) return plan;
        if (reading.Columns[RosterColumn.Level] < 0) Ask(plan, reading, RosterQuestions.Level());
        if (groups.Count > 0) Ask(plan, reading, RosterQuestions.Groups(groups));

        NoteSectors(file, reading);
        db.ChangeTracker.AutoDetectChangesEnabled = false; // ten thousand people: look for changes once, at the end
        foreach (var row in file.Rows)
        {
            if (groups.Count > 0 && IsGroup(row)) organisationAbove = row.Cells.First(cell => cell.Length > 0);
            else new RowReader(this, standing, reading, plan, row, groups.Count > 0).Read();
        }
        db.ChangeTracker.AutoDetectChangesEnabled = true;
        if (withoutSector.Count > 0) foreach (var question in RosterQuestions.Sectors(withoutSector, reading.Said)) Ask(plan, reading,
            question);
        if (blankBelow > 0) Ask(plan, reading, RosterQuestions.Fill(blankBelow));
        plan.NewPeople = added.Count;
        plan.People = [.. added.Select(person => (person.Name, person.Current.First().Organisation!.Name, person.Name.Any(c => c > '~')))
            .OrderByDescending(person => person.Item3).ThenBy(person => person.Item2, StringComparer.Ordinal)
            .ThenBy(person => person.Item1, StringComparer.Ordinal)];
        plan.ChangedPeople = changed.Count(person => !added.Contains(person));
        plan.NotInFile = known - seen.Keys.Select(key => key.Item1).Distinct().Count(person => !added.Contains(person));
        return plan;
    }

    /// <summary>A question once, with what was said to it.</summary>
    private static void Ask(RosterPlan plan, RosterReading reading, FileQuestion question)
    {
        if (plan.Questions.Count >= RosterQuestions.Most || plan.Questions.Exists(asked => asked.Id == question.Id)) return;
        plan.Questions.Add(question with { Said = reading.Said.GetValueOrDefault(question.Id) is { } said && question.Takes(said) ? said
            : null });
    }

    /// <summary>Rows of one cell over rows of several: lists say so whose the people below are.</summary>
    private static List<string> Groups(TableFile file) =>
        file.Rows.Count(IsGroup) is > 0 and var groups && groups * 2 <= file.Rows.Count && IsGroup(file.Rows[0])
            ? [.. file.Rows.Where(IsGroup).Select(row => row.Cells.First(cell => cell.Length > 0)).Distinct(StringComparer.Ordinal)] : [];

    private static bool IsGroup(TableRow row) => row.Cells.Count(cell => cell.Length > 0) == 1;

    /// <summary>Stores what the plan changed, inside the transaction that the caller has opened.</summary>
    public async Task SaveAsync(Standing standing, string fileName, RosterPlan plan, TableFile file, RosterReading reading)
    {
        var content = RememberedMapping.Write(file, reading);
        if (await db.Set<RosterMapping>().FirstOrDefaultAsync(m =>
            m.PartnershipId == standing.PartnershipId) is { } mapping) mapping.Content = content;
        else db.Set<RosterMapping>().Add(new RosterMapping { PartnershipId = standing.PartnershipId, Content = content });
        if (plan.ChangesSomething)
            access.Record(standing, "brought a list of people",
                $"{fileName}: {plan.NewPeople} new, {plan.ChangedPeople} changed, {plan.NewOrganisations.Count} new organisations");
        await db.SaveChangesAsync();
        await NewPeople.InsertAsync(db, added);
    }

    /// <summary>People often state the sector in an organisation's first row only.</summary>
    private void NoteSectors(TableFile file, RosterReading reading)
    {
        foreach (var row in file.Rows)
        {
            var text = row[reading.Columns[RosterColumn.Sector]];
            var sector = RosterWords.SectorOf(text) ?? (reading.Sectors.TryGetValue(RosterWords.Key(text), out var stated) ? stated : null);
            if (sector is not null) sectorInFile.TryAdd(ShortText.Key(row[reading.Columns[RosterColumn.Organisation]]), sector.Value);
        }
    }

    /// <summary>Reads the roster; returns how many of its people this person looks after.</summary>
    private async Task<int> LoadAsync(Standing standing)
    {
        foreach (var organisation in await access.Organisations(standing).Include(o => o.Terms)
            .ToListAsync()) organisations[organisation.NameKey] = organisation;
        // A lead's file may name someone who is on the roster through another organisation: found by address only.
        var people = await db.Set<Person>().Include(p => p.Memberships.Where(m => m.LeftOn == null))
            .Where(p => p.PartnershipId == standing.PartnershipId).ToListAsync();
        foreach (var person in people)
        {
            if (person.EmailKey is not null) byEmail[person.EmailKey] = person;
            names.Add(person.NameKey);
            foreach (var membership in person.Current) Index(person, membership.Organisation!);
        }
        return people.Count(person => person.Current.Any(m => standing.Manages(m.OrganisationId)));
    }

    private void Index(Person person, Organisation organisation)
    {
        if (byName.TryGetValue((organisation, person.NameKey), out var same)) same.Add(person);
        else byName[(organisation, person.NameKey)] = [person];
    }

    private void Add(Organisation organisation) => db.Set<Organisation>().Add(organisation);

    /// <summary>One row, from cells to a place on the roster.</summary>
    private sealed class RowReader(RosterOperations import, Standing standing, RosterReading reading, RosterPlan plan, TableRow row,
        bool inGroups)
    {
        private const int MostCompared = 300;
        private bool refused, waits;

        public void Read()
        {
            var name = ReadName();
            if (name.Length == 0) Problem(RosterColumn.Name, "There is no name");
            else if (name.Contains('\uFFFD', StringComparison.Ordinal)) Problem(RosterColumn.Name,
                $"A letter of “{Short(name)}” is lost. Save the file again as UTF-8");
            else if (name.Length > Person.NameLength) Problem(RosterColumn.Name, "The name is longer than 120 characters");
            var title = Cell(RosterColumn.Title);
            if (title.Length > Person.TitleLength) Problem(RosterColumn.Title, "The title is longer than 120 characters");
            var level = ReadLevel();
            var organisation = ReadOrganisation();
            var email = ReadAddress();
            if (refused || waits || organisation is null || level is null) return;
            Place(name, email.Length == 0 ? null : email, organisation, level.Value, title.Length == 0 ? null : title);
        }

        /// <summary>
        /// The name in the order of a greeting; a name that is on the list already as it stands in the file stays as it is.
        /// </summary>
        private string ReadName()
        {
            var whole = Cell(RosterColumn.Name) is { Length: > 0 } one ? one
                : $"{Cell(RosterColumn.FirstName)} {Cell(RosterColumn.LastName)}".Trim();
            if (whole.Length is 0 or > Person.NameLength || import.names.Contains(ShortText.Key(whole))) return whole;
            var read = PersonName.Of(whole);
            if (read.IsDoubtful)
            {
                var question = RosterQuestions.Name(whole, row.Number);
                Ask(plan, reading, question);
                if (reading.Said.GetValueOrDefault(question.Id) != RosterQuestions.Yes) waits = true;
                return whole;
            }
            if (read.Name != whole) Note(RosterColumn.Name, $"“{Short(whole)}” is taken as {read.Name}");
            return read.Name;
        }

        private string ReadAddress()
        {
            var address = PersonAddress.Of(Cell(RosterColumn.Email));
            if (address.Note is not null) Note(RosterColumn.Email, address.Note);
            if (address.Instead is not { } instead) return address.Address;
            var question = RosterQuestions.Address(address.Address, instead, row.Number);
            Ask(plan, reading, question);
            return reading.Said.GetValueOrDefault(question.Id) switch { RosterQuestions.Plain when instead.Length > 0 => instead,
                RosterQuestions.Yes => address.Address, _ => "" };
        }

        private Level? ReadLevel()
        {
            var text = Cell(RosterColumn.Level);
            if (reading.Columns[RosterColumn.Level] < 0)
            {
                waits |= !(Enum.TryParse<Level>(reading.Said.GetValueOrDefault(RosterQuestions.LevelId), out var all)
                    && Enum.IsDefined(all));
                return all;
            }
            if (text.Length == 0)
            {
                Problem(RosterColumn.Level, "There is no level");
                return null;
            }
            if (RosterWords.LevelOf(text) is { } level) return level;
            plan.UnknownLevels.TryAdd(RosterWords.Key(text), text);
            if (reading.Levels.TryGetValue(RosterWords.Key(text), out var stated)) return stated;
            Problem(RosterColumn.Level, $"We do not know the level “{Short(text)}”");
            return null;
        }

        private Sector? ReadSector(string organisation)
        {
            var text = Cell(RosterColumn.Sector);
            if (text.Length == 0) return import.sectorInFile.TryGetValue(ShortText.Key(organisation), out var elsewhere) ? elsewhere : null;
            if (RosterWords.SectorOf(text) is { } sector) return sector;
            plan.UnknownSectors.TryAdd(RosterWords.Key(text), text);
            if (reading.Sectors.TryGetValue(RosterWords.Key(text), out var stated)) return stated;
            Problem(RosterColumn.Sector, $"We do not know the sector “{Short(text)}”");
            return null;
        }

        private Organisation? ReadOrganisation()
        {
            var name = inGroups ? reading.Said.GetValueOrDefault(RosterQuestions.GroupsId) == RosterQuestions.Yes
                ? import.organisationAbove : "" : Cell(RosterColumn.Organisation);
            if (!standing.IsCoordinator)
            {
                var own = import.organisations.Values.Single(o => o.Id == standing.OrganisationId);
                if (name.Length == 0 || ShortText.Key(name) == own.NameKey) return own;
                Problem(RosterColumn.Organisation, $"You look after the people of {own.Name}, not of “{Short(name)}”");
                return null;
            }
            if (name.Length == 0 && !inGroups && import.organisationAbove.Length > 0)
            {
                import.blankBelow++;
                if (reading.Said.GetValueOrDefault(RosterQuestions.FillId) == RosterQuestions.Yes) name = import.organisationAbove;
            }
            if (name.Length == 0)
            {
                Problem(RosterColumn.Organisation, "There is no organisation");
                return null;
            }
            import.organisationAbove = name;
            if (!import.organisations.ContainsKey(ShortText.Key(name)) && Other(name) is { } other) name = other;
            if (import.organisations.TryGetValue(ShortText.Key(name), out var known))
            {
                if (!known.IsCurrent) Problem(RosterColumn.Organisation,
                    $"{known.Name} has left the partnership. Record first that it is a partner again");
                if (RosterWords.SectorOf(Cell(RosterColumn.Sector)) is { } stated && stated != known.Sector) Note(RosterColumn.Sector,
                    $"{known.Name} stays in the {Words.Say(known.Sector).ToLowerInvariant()} sector, as recorded here");
                return known;
            }
            return refused ? null : NewOrganisation(name);
        }

        /// <summary>
        /// A new name that is nearly one that is here: a person says whether it is the same. Returns the other, where it is.
        /// </summary>
        private string? Other(string name)
        {
            if (name.Length > Organisation.NameLength) return null;
            var key = RosterWords.Key(name);
            if (!import.near.TryGetValue(key, out var near))
                import.near[key] = near = import.near.Count >= MostCompared ? null
                    : import.organisations.Values.FirstOrDefault(known => OrganisationNames.AreNear(known.Name, name));
            if (near is null) return null;
            var question = RosterQuestions.Same(name, near.Name);
            Ask(plan, reading, question);
            return reading.Said.GetValueOrDefault(question.Id) == RosterQuestions.Yes ? near.Name : null;
        }

        private Organisation? NewOrganisation(string name)
        {
            var sector = ReadSector(name);
            if (sector is null && !refused)
            {
                import.withoutSector.TryAdd(RosterWords.Key(name), name);
                sector = RosterQuestions.SectorOf(RosterWords.Key(name), reading.Said);
                if (sector is null && reading.Said.GetValueOrDefault(RosterQuestions.SectorId) != RosterQuestions.No)
                {
                    waits = true;
                    return null;
                }
            }
            if (name.Length > Organisation.NameLength) Problem(RosterColumn.Organisation,
                "The organisation’s name is longer than 160 characters");
            if (sector is null && !refused) Problem(RosterColumn.Organisation,
                $"No organisation here is called “{Short(name)}”. To add it, the file must say its sector");
            var identifierText = Cell(RosterColumn.Identifier);
            string? identifier = null;
            if (identifierText.Length > 0 && !RegisterNumbers.TryRead(identifierText, reading.Heading(RosterColumn.Identifier), sector
                ?? default, out identifier, out var wrong)) Note(RosterColumn.Identifier,
                $"“{Short(identifierText)}” is left out. {wrong}");
            var sizeText = Cell(RosterColumn.Size);
            var size = RosterWords.SizeOf(sizeText);
            if (sizeText.Length > 0 && size is null) Note(RosterColumn.Size, $"The size “{Short(sizeText)}” is left out");
            if (refused) return null;
            var organisation = new Organisation { PartnershipId = standing.PartnershipId, Name = name, Sector = sector!.Value, Size = size,
                Identifier = identifier };
            organisation.Join(import.today);
            import.Add(organisation);
            import.organisations[organisation.NameKey] = organisation;
            plan.NewOrganisations.Add(name);
            return organisation;
        }

        private void Place(string name, string? email, Organisation organisation, Level level, string? title)
        {
            if (email is not null && import.byEmail.TryGetValue(EmailAddress.Key(email), out var holder)
                && holder.NameKey != ShortText.Key(name)
                && (import.firstRow.TryGetValue(holder, out var first) || import.byName.ContainsKey((organisation, ShortText.Key(name)))))
            {
                Note(RosterColumn.Email, first > 0 ? $"Row {first} gives the same address to {holder.Name}, so {name} comes without one"
                    : $"{holder.Name} has this address already, so {name} comes without one");
                email = null;
            }
            var (person, why) = Find(name, email, organisation);
            if (why is not null)
            {
                Problem(email is null ? RosterColumn.Name : RosterColumn.Email, why);
                return;
            }
            if (person is not null && import.seen.TryGetValue((person, organisation), out var earlier))
            {
                var same = person.Current.First(m => m.IsIn(organisation)).Level == level;
                if (same) Note(RosterColumn.Email, $"The same person as in row {earlier}; counted once");
                else Problem(RosterColumn.Level, $"Row {earlier} puts the same person at another level of {organisation.Name}");
                return;
            }
            if (person is null)
            {
                person = new Person { PartnershipId = standing.PartnershipId, Name = name, Email = email, EnteredBy = standing.Writer };
                import.added.Add(person);
                if (person.EmailKey is not null) import.byEmail[person.EmailKey] = person;
            }
            else Update(person, name, email);
            import.seen[(person, organisation)] = row.Number;
            import.firstRow.TryAdd(person, row.Number);
            var known = person.Current.FirstOrDefault(m => m.IsIn(organisation));
            if (person.PlaceIn(organisation, level, import.today, standing.Writer))
            {
                if (known is null)
                {
                    import.Index(person, organisation);
                    if (!import.added.Contains(person)) plan.NewMemberships++;
                }
                else import.changed.Add(person);
            }
            var place = person.Current.First(m => m.IsIn(organisation));
            if (title is not null && place.Title != title)
            {
                place.Title = title;
                if (known is not null) import.changed.Add(person);
            }
            if (known is not null && !import.changed.Contains(person)) plan.Unchanged++;
        }

        /// <summary>By address; without one, by name within the organisation.</summary>
        private (Person? Person, string? Problem) Find(string name, string? email, Organisation organisation)
        {
            import.byName.TryGetValue((organisation, ShortText.Key(name)), out var namesakes);
            if (email is null)
                return namesakes is null ? (null, null) : namesakes.Count == 1 ? (namesakes[0], null)
                    : (null, $"There are several people called {name} in {organisation.Name}; only an e-mail address tells them apart");
            if (import.byEmail.TryGetValue(EmailAddress.Key(email), out var person))
                return (person, null);
            var same = namesakes?.Find(p => p.Email is null);
            if (same is null && namesakes?.Exists(p => !import.added.Contains(p)) == true)
                Note(RosterColumn.Email,
                    $"{name} is in {organisation.Name} already under another address, so this adds a second person. If the address changed, change it on their page first and bring the list again");
            return (same, null);
        }

        private void Update(Person person, string name, string? email)
        {
            var mayRename = standing.IsCoordinator || person.Current.All(m => standing.Manages(m.OrganisationId));
            if (person.NameKey != ShortText.Key(name))
            {
                if (mayRename)
                {
                    Note(RosterColumn.Name, $"{person.Name} is renamed {name}");
                    person.Enter(name, person.Email, standing.Writer);
                    import.changed.Add(person);
                }
                else Note(RosterColumn.Name,
                    "This address is on the list under another name, which stays: the person belongs to another organisation as well");
            }
            if (email is null || person.Email is not null || !mayRename) return;
            person.Enter(person.Name, email, standing.Writer);
            import.byEmail[person.EmailKey!] = person;
            import.changed.Add(person);
        }

        private string Cell(RosterColumn column) => row[reading.Columns[column]];

        private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

        private void Problem(RosterColumn column, string sentence)
        {
            refused = true;
            plan.Remarks.Add(new RosterRemark(row.Number, ColumnNames.Say(column), sentence, IsProblem: true));
        }

        private void Note(RosterColumn column, string sentence) =>
            plan.Remarks.Add(new RosterRemark(row.Number, ColumnNames.Say(column), sentence, IsProblem: false));
    }
}

/// <summary>What the columns are called on the page.</summary>
public static class ColumnNames
{
    public static string Say(RosterColumn column) => column switch
    {
        RosterColumn.FirstName => "First name",
        RosterColumn.LastName => "Last name",
        RosterColumn.Email => "E-mail",
        RosterColumn.Identifier => "Register number",
        _ => column.ToString(),
    };
}
