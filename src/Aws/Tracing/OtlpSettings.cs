using System.Globalization;
using Jobs.Core.Tracing;

namespace Jobs.Aws.Tracing;

/// <summary>
/// Where spans go and which, from OpenTelemetry's own variables.
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/
/// </summary>
public sealed record OtlpSettings(Uri Endpoint)
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string TracesEndpointVariable = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    public const string TimeoutVariable = "OTEL_EXPORTER_OTLP_TIMEOUT";

    private const string TracesPath = "v1/traces";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The longest that one flush takes; null where the variables do not say.</summary>
    public TimeSpan? Timeout { get; init; }

    public TraceSampling Sampling { get; init; } = TraceSampling.Always;

    /// <summary>What sends the spans.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Resource { get; init; } = [];

    /// <summary>Whether an endpoint is set: else nothing of tracing need be made.</summary>
    public static bool IsAskedFor(Func<string, string?> variables) =>
        !string.IsNullOrEmpty(variables(TracesEndpointVariable)) || !string.IsNullOrEmpty(variables(EndpointVariable));

    /// <summary>
    /// Reads the variables. Null when no endpoint is set, or what is set cannot be used: then <paramref name="say"/> is
    /// told why, and there are no traces.
    /// </summary>
    /// <param name="own">What this process says of itself; the variables win.</param>
    public static OtlpSettings? Read(
        Func<string, string?> variables, Action<string> say, params IEnumerable<KeyValuePair<string, object?>> own)
    {
        if (EndpointOf(variables) is not { } endpoint) return null;
        if (string.Equals(variables("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        if (variables("OTEL_TRACES_EXPORTER") == "none") return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            say($"No traces are sent: '{endpoint}' is not an http or https URL. Correct {EndpointVariable}.");
            return null;
        }

        if (First(variables, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL") == "grpc")
        {
            say("No traces are sent: OTLP over gRPC is not supported. Set OTEL_EXPORTER_OTLP_PROTOCOL to " +
                "http/protobuf, and the endpoint to the collector's port for HTTP, which is 4318.");
            return null;
        }

        return new OtlpSettings(uri)
        {
            Headers = [.. Pairs(First(variables, "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"))],
            Timeout = Milliseconds(First(variables, "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", TimeoutVariable)),
            Sampling = TraceSampling.Parse(variables("OTEL_TRACES_SAMPLER"), variables("OTEL_TRACES_SAMPLER_ARG")),
            Resource = [.. ResourceOf(variables, own)],
        };
    }

    private static string? EndpointOf(Func<string, string?> variables)
    {
        if (variables(TracesEndpointVariable) is { Length: > 0 } traces) return traces;
        return variables(EndpointVariable) is { Length: > 0 } any ? $"{any.TrimEnd('/')}/{TracesPath}" : null;
    }

    private static Dictionary<string, object?> ResourceOf(
        Func<string, string?> variables, IEnumerable<KeyValuePair<string, object?>> own)
    {
        var resource = new Dictionary<string, object?>(own) { ["telemetry.sdk.language"] = "dotnet" };
        foreach (var (name, value) in Pairs(variables("OTEL_RESOURCE_ATTRIBUTES"))) resource[name] = value;
        if (variables("OTEL_SERVICE_NAME") is { Length: > 0 } service) resource["service.name"] = service;
        return resource;
    }

    private static string? First(Func<string, string?> variables, string name, string other) =>
        variables(name) is { Length: > 0 } value ? value : variables(other);

    // What is no number counts as not set, as OpenTelemetry's specification of variables wants it.
    private static TimeSpan? Milliseconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? TimeSpan.FromMilliseconds(number)
            : null;

    /// <summary>
    /// As in W3C's baggage: <c>name=value,name=value</c>, percent-encoded. What is no pair is left out.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string>> Pairs(string? text)
    {
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) continue;
            yield return new(pair[..equals].Trim(), Uri.UnescapeDataString(pair[(equals + 1)..].Trim()));
        }
    }
}
