namespace Colead.Parts.Partnerships;

/// <summary>Addresses of this part.</summary>
public static class PartnershipsLinks
{
    public static string All() => "/partnerships";
    public static string Create() => "/partnerships/new";
    public static string Overview(long partnership) => $"/partnerships/{partnership}";
    public static string Edit(long partnership) => $"/partnerships/{partnership}/edit";
    public static string Organisations(long partnership) => $"/partnerships/{partnership}/organisations";
    public static string AddOrganisation(long partnership) => $"/partnerships/{partnership}/organisations/new";
    public static string Organisation(long partnership, long organisation) => $"/partnerships/{partnership}/organisations/{organisation}";
    public static string EditOrganisation(long partnership, long organisation) =>
        $"/partnerships/{partnership}/organisations/{organisation}/edit";
    /// <summary>Its people, to be confirmed.</summary>
    public static string List(long partnership, long organisation) => $"/partnerships/{partnership}/organisations/{organisation}/list";
    public static string People(long partnership) => $"/partnerships/{partnership}/people";
    public static string AddPerson(long partnership, long? organisation = null) => $"/partnerships/{partnership}/people/new"
        + (organisation is null ? "" : $"?organisation={organisation}");
    public static string Person(long partnership, long person) => $"/partnerships/{partnership}/people/{person}";
    public static string Roster(long partnership, string format) => $"/partnerships/{partnership}/people/roster.{format}";
    public static string Import(long partnership) => $"/partnerships/{partnership}/import";
    public static string Preview(long partnership, long upload) => $"/partnerships/{partnership}/import/{upload}";
    public static string Team(long partnership) => $"/partnerships/{partnership}/team";
    public static string Trail(long partnership) => $"/partnerships/{partnership}/team/trail";
    public static string Invitation(string secret) => "/invitation/" + secret;
}
