using System.Security.Cryptography;
using System.Text;

namespace Lapstack.Template;

/// <summary>Names for resources whose template gives none.</summary>
public static class PhysicalName
{
    /// <summary>
    /// <c>Stack-LogicalId-1A2B3C4D5E6F</c> like CloudFormation's, but derived instead of random: the same after every
    /// restart. The middle is cut when the whole exceeds <paramref name="maxLength"/>.
    /// </summary>
    public static string For(string stackName, string logicalId, int maxLength)
    {
        var suffix = "-" + Hash(stackName, logicalId)[..12].ToUpperInvariant();
        var name = $"{stackName}-{logicalId}";
        return name[..Math.Min(name.Length, maxLength - suffix.Length)] + suffix;
    }

    /// <summary>An id like AWS's, <c>fs-0123456789abcdef0</c>, the same after every restart.</summary>
    public static string Id(string prefix, string stackName, string logicalId) =>
        $"{prefix}-{Hash(stackName, logicalId)[..17]}";

    /// <summary>64 hexadecimal digits, lower case, the same after every restart.</summary>
    public static string Hash(string stackName, string logicalId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stackName}/{logicalId}")));
}
