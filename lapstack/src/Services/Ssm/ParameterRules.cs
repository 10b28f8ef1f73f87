using System.Text;
using System.Text.RegularExpressions;
using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>
/// What a put may say. No message has the value.
/// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
/// </summary>
internal static partial class ParameterRules
{
    public const string Secure = "SecureString";
    public const string Standard = "Standard";
    private const string Advanced = "Advanced";
    private const string Intelligent = "Intelligent-Tiering";

    /// <summary>Of a standard parameter's value, in bytes.</summary>
    private const int StandardSize = 4096;

    /// <summary>Of an advanced parameter's value, in bytes.</summary>
    private const int AdvancedSize = 8192;

    private const int LongestName = 1011;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void CheckName(string name)
    {
        if (name.Length is 0 or > LongestName)
            throw SsmErrors.Invalid($"Parameter name must have 1 to {LongestName} characters.");
        if (name.Contains('/', StringComparison.Ordinal) && name[0] != '/')
            throw SsmErrors.Invalid("Parameter name must be a fully qualified name.");
        var first = name.TrimStart('/').Split('/')[0];
        if (first.StartsWith("aws", StringComparison.OrdinalIgnoreCase))
            throw new ServiceError("AccessDeniedException", $"No access to reserved parameter name: {name}.");
        if (first.StartsWith("ssm", StringComparison.OrdinalIgnoreCase) || !Letters().IsMatch(name))
        {
            throw SsmErrors.Invalid(
                "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can " +
                "consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, " +
                "numbers and the following 3 symbols .-_");
        }
    }

    public static void CheckType(string? type)
    {
        if (type is null or "String" or "StringList" or Secure) return;
        throw SsmErrors.Invalid(
            $"1 validation error detected: Value '{type}' at 'type' failed to satisfy constraint: Member must " +
            "satisfy enum value set: [SecureString, StringList, String]");
    }

    public static void CheckPattern(string value, string? pattern)
    {
        if (pattern is null) return;
        try
        {
            if (Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, Patience)) return;
        }
        catch (ArgumentException)
        {
            throw new ServiceError(
                "InvalidAllowedPatternException", "The request doesn't meet the regular expression requirement.");
        }
        catch (RegexMatchTimeoutException)
        {
            // What takes that long is not matched; AWS has a limit as well.
        }

        throw new ServiceError(
            "ParameterPatternMismatchException",
            $"Parameter value, cannot be validated against allowedPattern: {pattern}");
    }

    /// <summary>The tier that the parameter has; what is kept in it fits.</summary>
    public static string TierFor(string value, string? asked)
    {
        if (value.Length == 0)
            throw SsmErrors.Invalid(
                "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length " +
                "greater than or equal to 1");
        var size = Encoding.UTF8.GetByteCount(value);
        var tier = asked switch
        {
            null or Standard => Standard,
            Advanced => Advanced,
            Intelligent => size > StandardSize ? Advanced : Standard,
            _ => throw SsmErrors.Invalid(
                $"1 validation error detected: Value '{asked}' at 'tier' failed to satisfy constraint: Member must " +
                "satisfy enum value set: [Advanced, Intelligent-Tiering, Standard]"),
        };
        if (size > AdvancedSize)
            throw SsmErrors.Invalid(
                $"Advanced tier parameters support a maximum parameter value of {AdvancedSize} characters.");
        if (tier == Standard && size > StandardSize)
            throw SsmErrors.Invalid(
                $"Standard tier parameters support a maximum parameter value of {StandardSize} characters. To create " +
                "a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more " +
                "information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/" +
                "parameter-store-advanced-parameters.html");
        return tier;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.\-/]+\z")]
    private static partial Regex Letters();
}
