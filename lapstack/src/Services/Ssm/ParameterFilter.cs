using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>
/// Filters of DescribeParameters: by name, path and type.
/// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html
/// </summary>
internal static class ParameterFilter
{
    public static Func<Parameter, bool> Read(JsonObject filter)
    {
        var key = filter.Text("Key") ?? throw SsmErrors.Missing("parameterFilters.key");
        var values = filter.Texts("Values") ?? [];
        var option = filter.Text("Option");
        return (key, option) switch
        {
            ("Name", null or "Equals") => one => values.Contains(one.Name, StringComparer.Ordinal),
            ("Name", "BeginsWith") => one => values.Any(v => one.Name.StartsWith(v, StringComparison.Ordinal)),
            ("Name", "Contains") => one => values.Any(v => one.Name.Contains(v, StringComparison.Ordinal)),
            ("Path", null or "OneLevel" or "Recursive") => one =>
                values.Any(v => IsBelow(one.Name, v.TrimEnd('/') + '/', option == "Recursive")),
            ("Type", null or "Equals") => one => values.Contains(one.Current.Type, StringComparer.Ordinal),
            _ => throw ServiceError.Unsupported("ssm", $"DescribeParameters by {key} {option}".TrimEnd()),
        };
    }

    /// <param name="folder">With a slash at its end.</param>
    /// <param name="recursive">Whether deeper levels count.</param>
    public static bool IsBelow(string name, string folder, bool recursive)
    {
        // A name without a slash lies at the root.
        var path = name.StartsWith('/') ? name : '/' + name;
        return path.StartsWith(folder, StringComparison.Ordinal)
            && (recursive || !path[folder.Length..].Contains('/', StringComparison.Ordinal));
    }
}
