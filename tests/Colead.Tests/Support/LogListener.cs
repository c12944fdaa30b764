using Microsoft.Extensions.Logging;

namespace Colead.Tests.Support;

/// <summary>Hears all that the program logs, each with its level and scopes.</summary>
public sealed class LogListener : ILoggerProvider, ILogger, ISupportExternalScope
{
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public System.Collections.Concurrent.ConcurrentBag<string> Messages { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;
    public void Dispose() { }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter)
    {
        var message = $"{logLevel}: {formatter(state, exception)}{exception}";
        scopes.ForEachScope((scope, _) => message += " " + scope, state);
        Messages.Add(message);
    }
}
