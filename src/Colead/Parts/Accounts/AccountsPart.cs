using Colead.Composition;
using Colead.Parts.Accounts.Passwords;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Colead.Parts.Accounts;

/// <summary>Signing in and looking after one's own account.</summary>
public sealed class AccountsPart : Part
{
    public override void AddTo(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<Account>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = PasswordRules.Shortest;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase =
                    options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 10;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<ColeadDb>()
            .AddUserStore<SealedAccountStore>()
            .AddSignInManager<OwnSignIn>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<PasswordRules>();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(1));
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(5));
        services.AddOptions<IdentityPasskeyOptions>()
            .Configure<ColeadSettings>((options, settings) => options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin
            && IsOurs(context.Origin, context.HttpContext.Request, settings)));
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = AccountsLinks.SignIn();
            cookie.ReturnUrlParameter = "then";
            cookie.Cookie.Name = "colead";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = AccountSession.LongestPause;
            cookie.SlidingExpiration = true;
            static Sessions Of(HttpContext context) => context.RequestServices.GetRequiredService<Sessions>();
            cookie.Events.OnSigningIn = context => Of(context.HttpContext).BeginAsync(context);
            cookie.Events.OnValidatePrincipal = context => Of(context.HttpContext).ValidateAsync(context);
            cookie.Events.OnSigningOut = context => Of(context.HttpContext).EndCurrentAsync();
        });
        foreach (var scheme in new[] { IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme })
            services.Configure<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(scheme,
                cookie => cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        // who is not signed in gets a page before EF is ready
        services.AddScoped(provider => new Lazy<ColeadDb>(provider.GetRequiredService<ColeadDb>));
        services.AddScoped<CurrentAccount>().AddScoped<OneTimeLinks>().AddScoped<NewAccounts>();
        services.AddScoped<Sessions>().AddSingleton<SessionsSeen>()
            .AddHostedService(provider => provider.GetRequiredService<SessionsSeen>());
        services.AddSingleton<PasswordLetters>().AddHostedService(provider => provider.GetRequiredService<PasswordLetters>());
        services.AddSingleton<Tries>().AddSingleton<NobodysPassword>().AddScoped<Proofs>().AddScoped<OwnSignIn>();
        services.AddScoped<IAuthorizationHandler, OperatorHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Operator, policy => policy.RequireAuthenticatedUser().AddRequirements(new OperatorRequirement()))
            // a page that states nothing is closed
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
    }

    /// <summary>A passkey is answered from our own address: the one asked, or the one that the operator stated. http is for a machine of
    /// one's own.</summary>
    private static bool IsOurs(string origin, HttpRequest request, ColeadSettings settings) =>
        origin == $"{request.Scheme}://{request.Host}" || origin == settings.Address?.TrimEnd('/');
}
