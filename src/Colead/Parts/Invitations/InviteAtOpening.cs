using Colead.Parts.Rounds;
using Colead.Storage;

namespace Colead.Parts.Invitations;

/// <summary>A round that opens gives everyone on its list a place, and writes to those whom it writes to.</summary>
internal sealed class InviteAtOpening(ColeadDb db, InvitationOperations invitations, RoundLetters letters) : IRoundOpening
{
    public async Task OpenAsync(Round round, IReadOnlyList<Invitee> people, Func<Invitee, bool> counts)
    {
        await invitations.InviteAllAsync(round, people, counts);
        await letters.PostAsync(round, db.Set<Invitation>().Where(i => i.RoundId == round.Id));
    }
}
