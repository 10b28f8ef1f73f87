using System.Diagnostics;
using System.Reflection;

namespace Jobs.Tests.Packages.Runtime;

/// <summary>The sample executable, as Lambda starts it.</summary>
internal static class FunctionProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs until the process ends by itself.</summary>
    public static async Task<Ended> RunAsync(
        string handler, FakeRuntimeApi? api, params (string Name, string Value)[] environment)
    {
        var sample = typeof(FunctionProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(it => it.Key == "Sample").Value!;
        var start = new ProcessStartInfo("dotnet", [sample])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("AWS_", StringComparison.Ordinal))
            .ToList())
            start.Environment.Remove(variable);
        start.Environment["ANNOTATIONS_HANDLER"] = handler;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api?.Authority;
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256";
        start.Environment["AWS_EXECUTION_ENV"] = "AWS_Lambda_dotnet10";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new Ended(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}

internal sealed record Ended(int ExitCode, string Output, string Error);
