using Colead.Composition;
using Colead.Parts.Accounts;
using Colead.Parts.Mail;

namespace Colead.Parts.Partnerships;

/// <summary>Where the reader of a page is, for the frame around it.</summary>
internal sealed class ReaderHere(CurrentAccount current, PartnershipAccess access, IEnumerable<Part> parts,
    IServiceProvider services) : IHere
{
    public async Task<Here> ReadAsync()
    {
        if (await current.ReadAsync() is not { } account) return new(null, null, []);
        var who = new HereAccount(account.Name, account.IsOperator, AccountsLinks.You(), AccountsLinks.SignOut());
        if (await access.HereAsync() is not { } standing)
            return new(who, null, account.IsOperator
                ? [new(MenuSection.Installation, 10, "Partnerships", PartnershipsLinks.All()), new(MenuSection.Installation, 20, "Mail",
                    MailLinks.Mail())]
                : []);
        var menu = new List<MenuEntry>();
        foreach (var part in parts.OfType<PartnershipPart>()) menu.AddRange(standing.Holds ? await part.MenuAsync(standing, services)
            : part.MenuOfLeavers(standing));
        return new(who, new(standing.PartnershipName, PartnershipsLinks.Overview(standing.PartnershipId)),
            [.. menu.OrderBy(entry => entry.Section).ThenBy(entry => entry.Place)]);
    }
}
