using Lapstack.Template;

namespace Lapstack.Services.Ssm;

/// <summary>What earlier starts left in the store, and the user's secrets before it.</summary>
internal sealed class StoredParameters(ParameterStore store, UserSecrets users) : IStoredParameters
{
    public string? ValueOf(string name) =>
        users.ValueOf(name)
            ?? (store.Find(name)?.Current is { Type: not ParameterRules.Secure } stored ? stored.Value : null);
}
