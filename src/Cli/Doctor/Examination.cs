using Amazon.Runtime;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Doctor;

/// <summary>
/// Looks at everything a stack needs. A check that cannot be made is an error of its own, never a silent ok.
/// </summary>
internal sealed class Examination(ISurroundings surroundings, IAccount account, TimeProvider clock)
{
    private static readonly TimeSpan SkewWarning = TimeSpan.FromMinutes(1);

    /// <summary>
    /// AWS refuses signatures that are older.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
    /// </summary>
    private static readonly TimeSpan SkewLimit = TimeSpan.FromMinutes(5);

    /// <summary>Needed to run a stack on this machine.</summary>
    private const int LeastNode = 20;

    private const int LeastDotnet = 10;

    public async Task<IReadOnlyList<Check>> RunAsync(
        Func<CancellationToken, Task<IStack>> connect, CancellationToken cancellation)
    {
        var outside = await Task.WhenAll(
            CheckAsync("credentials", () => CredentialsAsync(cancellation)),
            CheckAsync("clock", () => ClockAsync(cancellation)),
            CheckAsync(
                "dotnet",
                () =>
                    ProgramAsync(
                        "dotnet",
                        LeastDotnet,
                        "Install the .NET 10 SDK: https://dotnet.microsoft.com/download",
                        cancellation)),
            CheckAsync(
                "node",
                () =>
                    ProgramAsync("node", LeastNode, "Install Node.js 20 or newer: https://nodejs.org", cancellation)));
        return
        [
            outside[0], Check.Ok("endpoint", surroundings.Where), outside[1],
            .. await StackAsync(connect, cancellation), .. outside[2..]
        ];
    }

    /// <summary>The check, or what kept it from being made.</summary>
    internal static async Task<Check> CheckAsync(string name, Func<Task<Check>> check)
    {
        try
        {
            return await check();
        }
        catch (CliException e)
        {
            return Check.Error(name, e.Message, "See above.");
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            return Check.Error(name, e.Message, e is AmazonServiceException { ErrorCode: { } code }
                ? $"AWS says {code}. Ask for the permission, or use other credentials (AWS_PROFILE, aws sso login)."
                : "Set credentials (aws configure, aws sso login), look at the network, or start the stack on this " +
                    $"machine: {CommandLines.Up()}");
        }
    }

    private async Task<IReadOnlyList<Check>> StackAsync(
        Func<CancellationToken, Task<IStack>> connect, CancellationToken cancellation)
    {
        try
        {
            using var stack = await connect(cancellation);
            return
            [
                .. await new StackExamination(surroundings, stack, clock).RunAsync(cancellation),
                .. await new GivenParts(surroundings, account, stack.Place).LookAsync(cancellation),
            ];
        }
        catch (CliException e)
        {
            return [Check.Error("stack", e.Message, "Nothing else of it can be looked at.")];
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            return [Check.Error("stack", e.Message,
                "It was not found because it could not be asked for. Mend the credentials or the network first.")];
        }
    }

    private async Task<Check> CredentialsAsync(CancellationToken cancellation) =>
        Check.Ok("credentials", await surroundings.IdentityAsync(cancellation));

    internal async Task<Check> ClockAsync(CancellationToken cancellation)
    {
        var skew = await surroundings.ClockSkewAsync(cancellation);
        var words = skew.Duration() < TimeSpan.FromSeconds(2)
            ? "as AWS's"
            : $"{Output.Words.Span(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} AWS's";
        const string Remedy = "Set it by the network: timedatectl set-ntp true";
        return skew.Duration() switch
        {
            var far when far >= SkewLimit =>
                Check.Error("clock", $"{words}: AWS refuses what is signed by it.", Remedy),
            var near when near >= SkewWarning => Check.Warning("clock", words, Remedy),
            _ => Check.Ok("clock", words),
        };
    }

    internal static bool IsAtLeast(string version, int least) =>
        int.TryParse(version.TrimStart('v').Split('.')[0], out var major) && major >= least;

    private async Task<Check> ProgramAsync(string program, int least, string remedy, CancellationToken cancellation)
    {
        const string Use = "needed only to run a stack on this machine";
        if (await surroundings.VersionOfAsync(program, cancellation) is not { } version)
        {
            return Check.Warning(program, $"not on PATH; {Use}", remedy);
        }

        return IsAtLeast(version, least)
            ? Check.Ok(program, version)
            : Check.Warning(program, $"{version} is older than {least}; {Use}", remedy);
    }
}
