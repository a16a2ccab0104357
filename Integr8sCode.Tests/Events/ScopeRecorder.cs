using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integr8sCode.Events;

/// <summary>A log provider that writes nothing and knows the scopes that a line written now would carry.</summary>
internal sealed class ScopeRecorder : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    public IReadOnlyDictionary<string, object?> CurrentScope
    {
        get
        {
            var fields = new Dictionary<string, object?>();
            _scopes!.ForEachScope((scope, all) =>
            {
                foreach (var (key, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? []) all[key] = value;
            }, fields);
            return fields;
        }
    }

    public ILogger CreateLogger(string categoryName) => NullLogger.Instance;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }
}
