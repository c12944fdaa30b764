using Colead.Data.Accounts;
using Colead.Data.Actions;
using Colead.Data.Agreements;
using Colead.Data.Audit;
using Colead.Data.Budget;
using Colead.Data.Decisions;
using Colead.Data.Inventory;
using Colead.Data.Mail;
using Colead.Data.Meetings;
using Colead.Data.Outcomes;
using Colead.Data.Partnerships;
using Colead.Data.Protection;
using Colead.Data.Threads;
using Colead.Data.Vision;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Thread = Colead.Data.Threads.Thread;

namespace Colead.Data;

/// <summary>Everything Colead keeps. Each engine has its own subclass and its own migrations.</summary>
public abstract class ColeadDb(DbContextOptions options) : IdentityUserContext<Account, long>(options)
{
    public DbSet<Partnership> Partnerships => Set<Partnership>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<RoleInvitation> RoleInvitations => Set<RoleInvitation>();
    public DbSet<RosterUpload> RosterUploads => Set<RosterUpload>();
    public DbSet<RosterMapping> RosterMappings => Set<RosterMapping>();
    public DbSet<StoredInstrument> Instruments => Set<StoredInstrument>();
    public DbSet<OwnInstrument> OwnInstruments => Set<OwnInstrument>();
    public DbSet<Round> Rounds => Set<Round>();
    public DbSet<RoundOrganisation> RoundOrganisations => Set<RoundOrganisation>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<FormerLink> FormerLinks => Set<FormerLink>();
    public DbSet<RoundMessage> RoundMessages => Set<RoundMessage>();
    public DbSet<Invited> Invited => Set<Invited>();
    public DbSet<RoundProgress> RoundProgress => Set<RoundProgress>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Response> Responses => Set<Response>();
    public DbSet<AnsweredTag> AnsweredTags => Set<AnsweredTag>();
    public DbSet<RoundComment> Comments => Set<RoundComment>();
    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<AnswersUpload> AnswersUploads => Set<AnswersUpload>();
    public DbSet<Thread> Threads => Set<Thread>();
    public DbSet<ThreadNote> ThreadNotes => Set<ThreadNote>();
    public DbSet<ThreadLink> ThreadLinks => Set<ThreadLink>();
    public DbSet<Agreement> Agreements => Set<Agreement>();
    public DbSet<AgreementSection> AgreementSections => Set<AgreementSection>();
    public DbSet<AgreementVersion> AgreementVersions => Set<AgreementVersion>();
    public DbSet<AgreementSignature> AgreementSignatures => Set<AgreementSignature>();
    public DbSet<StatutoryDuty> StatutoryDuties => Set<StatutoryDuty>();
    public DbSet<DutyHolder> DutyHolders => Set<DutyHolder>();
    public DbSet<DataSharing> DataSharings => Set<DataSharing>();
    public DbSet<SharedAim> SharedAims => Set<SharedAim>();
    public DbSet<AimWording> AimWordings => Set<AimWording>();
    public DbSet<OwnAim> OwnAims => Set<OwnAim>();
    public DbSet<Fit> Fits => Set<Fit>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<ProposalWording> ProposalWordings => Set<ProposalWording>();
    public DbSet<ProposalVoice> ProposalVoices => Set<ProposalVoice>();
    public DbSet<ProposalAdvice> ProposalAdvice => Set<ProposalAdvice>();
    public DbSet<ProposalVote> ProposalVotes => Set<ProposalVote>();
    public DbSet<SecretVote> SecretVotes => Set<SecretVote>();
    public DbSet<SecretVoter> SecretVoters => Set<SecretVoter>();
    public DbSet<Outcome> Outcomes => Set<Outcome>();
    public DbSet<OutcomePartner> OutcomePartners => Set<OutcomePartner>();
    public DbSet<OutcomeReview> OutcomeReviews => Set<OutcomeReview>();
    public DbSet<Indicator> Indicators => Set<Indicator>();
    public DbSet<Reading> Readings => Set<Reading>();
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<AgendaItem> AgendaItems => Set<AgendaItem>();
    public DbSet<MeetingNote> MeetingNotes => Set<MeetingNote>();
    public DbSet<FormerNote> FormerNotes => Set<FormerNote>();
    public DbSet<MeetingAttendance> MeetingAttendance => Set<MeetingAttendance>();
    public DbSet<MeetingSettings> MeetingSettings => Set<MeetingSettings>();
    public DbSet<CalendarLink> CalendarLinks => Set<CalendarLink>();
    public DbSet<PlannedAction> Actions => Set<PlannedAction>();
    public DbSet<ActionNote> ActionNotes => Set<ActionNote>();
    public DbSet<ActionReminder> ActionReminders => Set<ActionReminder>();
    public DbSet<Ledger> Ledgers => Set<Ledger>();
    public DbSet<JournalEntry> JournalEntries => Set<JournalEntry>();
    public DbSet<JournalLine> JournalLines => Set<JournalLine>();
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();
    public DbSet<AccountSession> AccountSessions => Set<AccountSession>();
    public DbSet<AccountCode> AccountCodes => Set<AccountCode>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>
    /// Inside the transaction that is open: holds the round open until the transaction ends, so that nothing is sent into a round while it closes. False when it is not open.
    /// </summary>
    public abstract Task<bool> HoldOpenAsync(long roundId, CancellationToken cancellation = default);

    /// <summary>
    /// Inside the transaction that is open: holds the voting on a proposal open until the transaction ends, so that nobody votes while it is counted. False when it is not being voted on.
    /// </summary>
    /// <param name="alone">For whoever closes it: nobody else holds it meanwhile.</param>
    public abstract Task<bool> HoldVotingAsync(long proposalId, bool alone = false, CancellationToken cancellation = default);

    /// <summary>How this engine closes a round, so that its files hold no trace either.</summary>
    public abstract Sealing Sealing { get; }

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>Whether the error means that a row of that key is already there.</summary>
    public abstract bool IsDuplicate(DbUpdateException error);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (ChangeTracker.Entries<IWrittenOnce>().Any(entry => entry.State is EntityState.Modified or EntityState.Deleted)) throw new InvalidOperationException("What is written once is neither changed nor deleted.");
        if (ChangeTracker.Entries<JournalEntry>().Any(entry => entry.State == EntityState.Added && !entry.Entity.IsBalanced)
            || ChangeTracker.Entries<JournalLine>().Any(line => line.State == EntityState.Added && (line.Entity.Entry is not { } of || Entry(of).State != EntityState.Added)))
            throw new InvalidOperationException("Lines come with their entry, and add up to zero.");
        foreach (var entry in ChangeTracker.Entries<Versioned>().Where(entry => entry.State == EntityState.Modified)) entry.Entity.Version++;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        foreach (var words in typeof(ColeadDb).Assembly.GetTypes().Where(type => type is { IsEnum: true, IsPublic: true }))
            configurationBuilder.Properties(words).HaveConversion(typeof(EnumToStringConverter<>).MakeGenericType(words)).HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ColeadDb).Assembly);
    }

    /// <summary>Times are UTC in the database; reading one back says so.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
