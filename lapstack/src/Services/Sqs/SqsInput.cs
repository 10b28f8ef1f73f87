using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>Members of a request as SQS wants them: there, and within their limits.</summary>
internal static class SqsInput
{
    public static string RequiredText(this JsonObject input, string name) =>
        input.Text(name) is { Length: > 0 } text ? text : throw SqsErrors.Missing(name);

    /// <summary>Null when absent; refused outside the limits, both included.</summary>
    public static int? Number(this JsonObject input, string name, int least, int most) => input.Number(name) switch
    {
        { } value when value < least || value > most =>
            throw SqsErrors.Invalid(name, value, $"Must be between {least} and {most}, if provided."),
        var value => value,
    };

    public static TimeSpan? Seconds(this JsonObject input, string name, int most) =>
        input.Number(name, 0, most) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
