using Jobs.Aws.Tracing;
using Jobs.Core.Tracing;

namespace Jobs.Functions;

/// <summary>Where a function's spans go.</summary>
internal static class FunctionTraces
{
    /// <summary>What an invocation waits at most for its spans to be sent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Null, and nothing of tracing is made, where OpenTelemetry's variables name no endpoint.</summary>
    public static ITraces? IfAskedFor(FunctionSettings settings, TimeProvider clock)
    {
        if (!OtlpSettings.IsAskedFor(Environment.GetEnvironmentVariable)) return null;
        var read = OtlpSettings.Read(
            Environment.GetEnvironmentVariable,
            Console.WriteLine,
            new("service.name", settings.Stack),
            new("cloud.provider", "aws"),
            new("cloud.platform", "aws_lambda"),
            new("cloud.region", settings.Region),
            new("faas.name", Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME")),
            new("faas.version", Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION")));
        return read is null ? null : new OtlpTraces(read, Patience, Console.WriteLine, clock);
    }
}
