using Colead.Data;
using Colead.Data.Inventory;
using Colead.Parts.Rounds;

namespace Colead.Parts.Invitations;

/// <summary>A round that opens gives everyone on its list a place, and writes to those whom it writes to.</summary>
internal sealed class InviteAtOpening(ColeadDb db, InvitationOperations invitations, RoundLetters letters) : IRoundOpening
{
    public async Task OpenAsync(Round round, IReadOnlyList<Invitee> people, Func<Invitee, bool> counts)
    {
        await invitations.InviteAllAsync(round, people, counts);
        await letters.PostAsync(round, db.Invitations.Where(i => i.RoundId == round.Id));
    }
}
