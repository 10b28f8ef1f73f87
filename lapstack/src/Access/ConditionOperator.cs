using System.Globalization;
using System.Net;
using Lapstack.Ground;

namespace Lapstack.Access;

/// <summary>One of IAM's operators: how a policy's value is compared with the request's.</summary>
internal sealed record ConditionOperator(Func<string, string, bool> Compare, bool Negated = false, bool IsNull = false)
{
    private static readonly ConditionOperator TextEquals = new((wanted, actual) => Glob.Plain(wanted) == actual);
    private static readonly ConditionOperator TextEqualsIgnoreCase = new(
        (w, a) => string.Equals(Glob.Plain(w), a, StringComparison.OrdinalIgnoreCase));
    private static readonly ConditionOperator TextLike = new((wanted, actual) => Glob.Matches(wanted, actual));
    private static readonly ConditionOperator Arn = new(Glob.MatchesArnSegments);
    private static readonly ConditionOperator Address = new(InRange);

    private static readonly Dictionary<string, ConditionOperator> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["StringEquals"] = TextEquals,
        ["StringNotEquals"] = TextEquals.Not(),
        ["StringEqualsIgnoreCase"] = TextEqualsIgnoreCase,
        ["StringNotEqualsIgnoreCase"] = TextEqualsIgnoreCase.Not(),
        ["StringLike"] = TextLike,
        ["StringNotLike"] = TextLike.Not(),
        ["ArnEquals"] = Arn,
        ["ArnLike"] = Arn,
        ["ArnNotEquals"] = Arn.Not(),
        ["ArnNotLike"] = Arn.Not(),
        ["Bool"] = TextEqualsIgnoreCase,
        ["BinaryEquals"] = TextEquals,
        ["Null"] = TextEquals with { IsNull = true },
        ["NumericEquals"] = Number((order) => order == 0),
        ["NumericNotEquals"] = Number((order) => order == 0).Not(),
        ["NumericLessThan"] = Number((order) => order < 0),
        ["NumericLessThanEquals"] = Number((order) => order <= 0),
        ["NumericGreaterThan"] = Number((order) => order > 0),
        ["NumericGreaterThanEquals"] = Number((order) => order >= 0),
        ["DateEquals"] = Date((order) => order == 0),
        ["DateNotEquals"] = Date((order) => order == 0).Not(),
        ["DateLessThan"] = Date((order) => order < 0),
        ["DateLessThanEquals"] = Date((order) => order <= 0),
        ["DateGreaterThan"] = Date((order) => order > 0),
        ["DateGreaterThanEquals"] = Date((order) => order >= 0),
        ["IpAddress"] = Address,
        ["NotIpAddress"] = Address.Not(),
    };

    public static ConditionOperator? Find(string name) => All.GetValueOrDefault(name);

    private ConditionOperator Not() => this with { Negated = true };

    private static ConditionOperator Number(Func<int, bool> holds) => new((wanted, actual) =>
        decimal.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var w)
        && decimal.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
        && holds(a.CompareTo(w)));

    private static ConditionOperator Date(Func<int, bool> holds) => new((wanted, actual) =>
        ToInstant(wanted) is { } w && ToInstant(actual) is { } a && holds(a.CompareTo(w)));

    // Dates are ISO 8601 or seconds since 1970.
    private static DateTimeOffset? ToInstant(string text) =>
        long.TryParse(
            text,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds) ? EpochTime.OfSeconds(seconds)
        : DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant
        : null;

    private static bool InRange(string wanted, string actual)
    {
        var range = wanted.Contains('/', StringComparison.Ordinal)
            ? wanted
            : wanted + (wanted.Contains(':', StringComparison.Ordinal) ? "/128" : "/32");
        return IPNetwork.TryParse(range, out var network)
            && IPAddress.TryParse(actual, out var address)
            && network.Contains(address);
    }
}
