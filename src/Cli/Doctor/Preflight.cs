using Amazon.Runtime;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cli.Doctor;

/// <summary>
/// Looks at the account and the machine before a stack is deployed: at what a deployment fails on, or a stack that is
/// deployed does not run with. What cannot be asked is unknown, and never ok.
/// </summary>
/// <param name="mayCreateRole">Asked only when ECS's role is missing.</param>
/// <param name="app">Folder of the app as a person names it; null to search.</param>
internal sealed class Preflight(
    ISurroundings surroundings,
    IAccount account,
    Func<CancellationToken, Task<bool>> mayCreateRole,
    TimeProvider clock,
    string? app = null)
{
    /// <summary>
    /// ECS's own role in an account.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
    /// </summary>
    public const string EcsRole = "AWSServiceRoleForECS";

    /// <summary>What a person is asked when the role is missing.</summary>
    public const string RoleQuestion =
        $"The account has no {EcsRole}, without which the first deployment often fails. Make it now?";

    private const string EcsService = "ecs.amazonaws.com";
    private const string CreateRole = "aws iam create-service-linked-role --aws-service-name " + EcsService;

    private const string AskForMore = "aws service-quotas request-service-quota-increase";

    private const int LeastNode = 20;
    private const int LeastDotnet = 10;

    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellation)
    {
        var (needs, assembly) = Needs();
        var outside = await Task.WhenAll(
            CheckAsync(
                "clock",
                "Compare it with https://time.is.",
                () => new Examination(surroundings, account, clock).ClockAsync(cancellation)),
            CheckAsync("ECS role", $"aws iam get-role --role-name {EcsRole}", () => RoleAsync(cancellation)),
            CheckAsync(
                "CDK bootstrap",
                "aws ssm get-parameter --name " + BootstrapParameter(needs),
                () => BootstrapAsync(needs, cancellation)),
            CheckAsync("Lambda", "aws lambda get-account-settings", () => LambdaAsync(needs, cancellation)),
            CheckAsync(
                "Fargate",
                LookAtQuota(Quota.OnDemand),
                () => VcpusAsync(Quota.OnDemand, needs?.Jobs, needs, cancellation)),
            CheckAsync(
                "Fargate Spot",
                LookAtQuota(Quota.Spot),
                () => VcpusAsync(Quota.Spot, needs?.Jobs.Where(job => job.Spot), needs, cancellation)),
            CheckAsync("Docker", "docker info", () => DockerAsync(cancellation)),
            CheckAsync(
                "node",
                "node --version",
                () => ProgramAsync("node", LeastNode, "Install Node.js 20 or newer: https://nodejs.org", cancellation)),
            CheckAsync(
                "dotnet",
                "dotnet --version",
                () =>
                    ProgramAsync(
                        "dotnet",
                        LeastDotnet,
                        "Install the .NET 10 SDK: https://dotnet.microsoft.com/download",
                        cancellation)));
        return [await CredentialsAsync(cancellation), Place(), .. outside[..3], assembly, .. outside[3..]];
    }

    /// <summary>The check, or why it could not be made.</summary>
    /// <param name="look">How a person looks at it.</param>
    private static async Task<Check> CheckAsync(string name, string look, Func<Task<Check>> check)
    {
        try
        {
            return await check();
        }
        catch (AmazonServiceException e)
        {
            return Check.Unknown(
                name,
                $"AWS does not say: {e.ErrorCode}: {e.Message}",
                $"Ask for the permission, or let a person look who has it: {look}");
        }
        catch (Exception e) when (e is CliException or AmazonClientException or HttpRequestException)
        {
            return Check.Unknown(name, $"It could not be looked at: {e.Message}", $"When that is mended: {look}");
        }
    }

    private async Task<Check> CredentialsAsync(CancellationToken cancellation)
    {
        try
        {
            return Check.Ok("credentials", await surroundings.IdentityAsync(cancellation));
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            return Check.Error(
                "credentials",
                e.Message,
                "Set some (aws configure, or aws sso login and AWS_PROFILE). " +
                "Without them nothing else of the account can be looked at.");
        }
    }

    private Check Place() => surroundings.IsLaptop
        ? Check.Warning(
            "Region",
            $"{surroundings.Where} is this machine's stack, which needs nothing of this.",
            "For AWS: unset AWS_ENDPOINT_URL, and set credentials and AWS_REGION.")
        : Check.Ok("Region", surroundings.Where);

    private (StackNeeds? Needs, Check Check) Needs()
    {
        try
        {
            return surroundings.Needs(surroundings.App(app)) is { } needs
                ? (needs, Check.Ok("stack", $"{Words.Count(needs.Jobs.Count, "job")} in {needs.Folder}"))
                : (
                    null,
                    Check.Unknown(
                        "stack",
                        "It is not synthesized here, so what it needs is not known.",
                        $"{InApp("synth --quiet")}, and look again from here."));
        }
        catch (CliException e)
        {
            return (null, Check.Unknown("stack", e.Message, $"Synthesize it: {InApp("synth --quiet")}"));
        }
    }

    /// <summary>A command line of CDK's, in the app's folder.</summary>
    private string InApp(string command)
    {
        const string Cdk = "npx aws-cdk@2 ";
        try
        {
            return surroundings.App(app) is var folder && folder != "."
                ? $"cd {CommandLines.Quoted(folder)} && {Cdk}{command}"
                : Cdk + command;
        }
        catch (CliException)
        {
            return $"{Cdk}{command}, in the folder of cdk.json";
        }
    }

    /// <summary>
    /// In an account that has never used ECS, CreateCluster makes the role and assumes it at once. IAM is not that
    /// fast, so the deployment fails and is rolled back; the next one succeeds.
    /// </summary>
    private async Task<Check> RoleAsync(CancellationToken cancellation)
    {
        if (await account.HasRoleAsync(EcsRole, cancellation)) return Check.Ok("ECS role", $"{EcsRole} is there");
        if (!await mayCreateRole(cancellation))
        {
            return Check.Error(
                "ECS role",
                $"The account has no {EcsRole}, and the first deployment often fails while ECS makes it.",
                $"{CreateRole}, or: {CommandLines.PrepareAccount()}");
        }

        try
        {
            await account.CreateServiceLinkedRoleAsync(EcsService, cancellation);
            return Check.Ok("ECS role", $"{EcsRole} has just been made: give IAM half a minute before you deploy");
        }
        catch (AmazonServiceException e)
        {
            return Check.Error(
                "ECS role",
                $"The account has no {EcsRole}, and AWS refuses to make it: {e.ErrorCode}: {e.Message}",
                $"Ask a person who may: {CreateRole}");
        }
    }

    private static string BootstrapParameter(StackNeeds? needs) =>
        needs?.BootstrapParameter ?? StackNeeds.DefaultBootstrapParameter;

    private async Task<Check> BootstrapAsync(StackNeeds? needs, CancellationToken cancellation)
    {
        var remedy = InApp("bootstrap");
        var least = needs?.BootstrapVersion ?? StackNeeds.LeastBootstrapVersion;
        var said = await account.ParameterAsync(BootstrapParameter(needs), cancellation);
        if (said is null)
        {
            return Check.Error("CDK bootstrap", "This account and Region are not bootstrapped.", remedy);
        }

        return int.TryParse(said, out var version) && version >= least
            ? Check.Ok("CDK bootstrap", $"version {version}")
            : Check.Error("CDK bootstrap", $"It is version {said}, and the stack needs {least}.", remedy);
    }

    private async Task<Check> LambdaAsync(StackNeeds? needs, CancellationToken cancellation)
    {
        var wanted = needs?.Executions ?? StackNeeds.MostExecutions;
        var limit = await account.FunctionConcurrencyAsync(cancellation);
        return limit >= wanted
            ? Check.Ok(
                "Lambda", Words.Invariant($"{limit:#,0} executions at once, the stack has at most {wanted}"))
            : Check.Warning(
                "Lambda",
                Words.Invariant(
                    $"{limit:#,0} executions at once, the stack has up to {wanted}: a burst counts as failed deliveries."),
                $"{AskForMore} --service-code lambda --quota-code L-B99A9384 --desired-value 1000");
    }

    /// <param name="jobs">Those that may use this quota; null when they are not known.</param>
    private async Task<Check> VcpusAsync(
        Quota quota, IEnumerable<JobDefinition>? jobs, StackNeeds? needs, CancellationToken cancellation)
    {
        var limit = await account.QuotaAsync(Quota.Service, quota.Code, cancellation);
        var has = Words.Invariant($"{limit:0.##} vCPU");
        if (needs is null || jobs?.ToList() is not { } those)
        {
            return Check.Unknown(
                quota.Name, $"{has}; what the stack needs is not known.", "Synthesize it, and look again: see stack.");
        }

        if (those.Count == 0) return Check.Ok(quota.Name, $"{has}, and no job needs it");
        var (largest, wanted) =
            (StackNeeds.Largest(those), Math.Min(StackNeeds.Together(those), needs.MaxVcpus ?? double.MaxValue));
        var remedy = Words.Invariant(
            $"{AskForMore} --service-code {Quota.Service} --quota-code {quota.Code} --desired-value {Math.Ceiling(wanted)}");
        if (limit < largest)
        {
            return Check.Error(
                quota.Name,
                Words.Invariant($"{has}, and an attempt of the largest job has {largest:0.##}: it cannot start."),
                remedy);
        }

        return limit < wanted
            ? Check.Warning(
                quota.Name,
                Words.Invariant(
                    $"{has}, and the jobs may want {wanted:0.##} at once: what is beyond is refused and waits."),
                Words.Invariant($"{remedy}, or let the stack stay within: MaxVcpus = {Math.Max(1, Math.Floor(limit))}"))
            : Check.Ok(quota.Name, Words.Invariant($"{has}, the jobs may want {wanted:0.##} at once"));
    }

    private static string LookAtQuota(Quota quota) =>
        $"aws service-quotas get-service-quota --service-code {Quota.Service} --quota-code {quota.Code}";

    private async Task<Check> DockerAsync(CancellationToken cancellation)
    {
        const string Remedy =
            "Install Docker, or set CDK_DOCKER to what stands for it (finch, podman): it builds the worker's image. " +
            "https://docs.docker.com/engine/install/";
        var engine = await surroundings.DockerEngineAsync(cancellation);
        return engine switch
        {
            null => Check.Error("Docker", "not on PATH", Remedy),
            { Version: { } version } => Check.Ok("Docker", $"engine {version}"),
            _ =>
                Check.Error(
                    "Docker",
                    $"its engine does not answer: {engine.Error}",
                    "Start it (systemctl start docker, or Docker Desktop), and see that you may use it: docker info"),
        };
    }

    private async Task<Check> ProgramAsync(
        string program, int least, string remedy, CancellationToken cancellation)
    {
        if (await surroundings.VersionOfAsync(program, cancellation) is not { } version)
        {
            return Check.Error(program, "not on PATH; it synthesizes the stack", remedy);
        }

        return Examination.IsAtLeast(version, least)
            ? Check.Ok(program, version)
            : Check.Error(program, $"{version} is older than {least}", remedy);
    }

    /// <summary>
    /// A quota of Fargate's vCPUs. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
    /// </summary>
    private sealed record Quota(string Name, string Code)
    {
        public const string Service = "fargate";

        public static readonly Quota OnDemand = new("Fargate", "L-3032A538");

        public static readonly Quota Spot = new("Fargate Spot", "L-36FBB829");
    }
}
