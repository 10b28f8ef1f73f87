using System.Globalization;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>What a call names: a parameter, or one version of it.</summary>
/// <param name="Name">As it is stored.</param>
/// <param name="Version">Null for the current one.</param>
internal sealed record ParameterId(string Name, long? Version)
{
    /// <summary>Reads <c>NAME</c> or its ARN, with <c>:VERSION</c> behind it where a version is meant.</summary>
    /// <exception cref="ServiceError">It asks for a label, which parameters do not have here.</exception>
    public static ParameterId Read(string text, ParameterStore store, Account account)
    {
        var prefix = account.Arn("ssm", "parameter/");
        var isArn = text.StartsWith(prefix, StringComparison.Ordinal);
        // The ARN of another account or Region is taken for a name, which no parameter has.
        if (!isArn && text.StartsWith("arn:", StringComparison.Ordinal)) return new ParameterId(text, null);
        var parts = (isArn ? text[prefix.Length..] : text).Split(':', 2);
        // An ARN has one slash where a path begins with another.
        var name = isArn && store.Find(parts[0]) is null ? $"/{parts[0]}" : parts[0];
        if (parts.Length == 1) return new ParameterId(name, null);
        return long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new ParameterId(name, version)
            : throw ServiceError.Unsupported("ssm", "labels of parameters");
    }
}
