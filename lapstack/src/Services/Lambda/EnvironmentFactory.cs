using System.Globalization;
using Lapstack.Access;
using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;

namespace Lapstack.Services.Lambda;

/// <summary>
/// Starts execution environments: the process, its variables, its role's credentials, its log stream.
/// </summary>
internal sealed class EnvironmentFactory(
    Account account, LapstackEndpoint endpoint, ICredentialIssuer credentials, ILogs logs, ProcessLedger ledger,
    Ids ids, TimeProvider clock, ChaosDice chaos, DebuggedPrograms debugged,
    ExtraVariables extra)
{
    /// <summary>An environment cannot be given new credentials; it is replaced this long before they expire.</summary>
    private static readonly TimeSpan CredentialsMargin = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan CredentialsLifetime = TimeSpan.FromHours(12);

    /// <summary>For a person at a breakpoint.</summary>
    private static readonly TimeSpan Unhurried = TimeSpan.FromDays(1);

    public async Task<ExecutionEnvironment> StartAsync(FunctionConfiguration function, CancellationToken cancellation)
    {
        var today = clock.GetUtcNow().ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var log = new FunctionLog(logs, function.LogGroup, $"{today}/[$LATEST]{ids.Hex(32)}", clock);
        var issued = credentials.Issue(function.RoleArn, function.Name, CredentialsLifetime);
        if (debugged.HasFunction(function.Name)) function = function with { Timeout = Unhurried };
        var api = await RuntimeApi.StartAsync(function, cancellation);
        try
        {
            var custom = function.Runtime.StartsWith("provided", StringComparison.Ordinal);
            var process = ChildProcess.Start(
                new ChildProcessStart
                {
                    FileName = custom ? Path.Combine(function.CodeFolder, "bootstrap") : "dotnet",
                    Arguments = custom ? [] : [Path.Combine(function.CodeFolder, $"{function.Handler}.dll")],
                    WorkingDirectory = function.CodeFolder,
                    Environment = Variables(function, api.Address, log.Stream, issued),
                    OnLine = log.WriteAsync,
                    MemoryLimitBytes = function.MemoryMiB * 1024L * 1024L,
                },
                ledger,
                clock);
            return new ExecutionEnvironment(
                function, api, process, log, issued.Expiration - CredentialsMargin, clock, chaos);
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime</summary>
    private Dictionary<string, string> Variables(
        FunctionConfiguration function, string runtimeApi, string logStream, IssuedCredentials issued)
    {
        var variables = HostEnvironment.Minimal();
        variables["LANG"] = "en_US.UTF-8";
        variables["TZ"] = "UTC";
        // Every environment ends by a kill, which would leave its debugger pipes in /tmp.
        variables["DOTNET_EnableDiagnostics"] = "0";
        // Instrumentation costs more than it gains in processes that live for seconds.
        variables["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in function.Environment) variables[name] = value;
        extra.AddTo(variables);
        if (debugged.HasFunction(function.Name)) debugged.AddTo(variables);

        variables["_HANDLER"] = function.Handler;
        variables["LAMBDA_TASK_ROOT"] = function.CodeFolder;
        variables["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMiB.ToString(CultureInfo.InvariantCulture);
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup;
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream;
        variables["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{function.Runtime}";
        variables["AWS_REGION"] = account.Region;
        variables["AWS_DEFAULT_REGION"] = account.Region;
        variables["AWS_ENDPOINT_URL"] = endpoint.Base;
        variables["AWS_ACCESS_KEY_ID"] = issued.AccessKeyId;
        variables["AWS_SECRET_ACCESS_KEY"] = issued.SecretAccessKey;
        variables["AWS_SESSION_TOKEN"] = issued.SessionToken;
        return variables;
    }
}
