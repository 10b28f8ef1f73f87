using System.Text.Json;
using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Views;
using Jobs.Core;

namespace Jobs.Cli.Solutions;

/// <summary>
/// Deploys an app: synthesis, a look at the account and this machine, the change as CDK shows it, a question, and the
/// deployment. Each step comes only after the one before went well.
/// </summary>
internal sealed class Deployment(CliContext cli, DeployWish wish)
{
    private const string AdminEmails = "adminEmails=";

    /// <returns>Whether it was deployed.</returns>
    /// <exception cref="CliException">A step failed.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var surroundings = cli.Surroundings();
        if (surroundings.IsLaptop)
        {
            throw CliException.Usage(
                $"{surroundings.Where} is this machine, where a stack is not deployed but run: {CommandLines.Up()}. To " +
                "deploy to AWS: unset AWS_ENDPOINT_URL.");
        }

        var app = surroundings.App(wish.App);
        var cdk = new CdkCli(cli.Programs, app, wish.Context);
        cli.Note($"1 of 4  Building and synthesizing the app in {app}");
        await cdk.SynthesizeAsync(cancellation);
        cli.Note("\n2 of 4  Looking at the account and this machine");
        if (!await IsReadyAsync(surroundings, app, cancellation)) return false;
        var stack = wish.Stack ?? NeedsOf(surroundings, app)?.OnlyStackWithJobs;
        cli.Note("\n3 of 4  What changes");
        await cdk.DiffAsync(stack, cancellation);
        if (!await IsWantedAsync(surroundings, cancellation)) return false;
        cli.Note("\n4 of 4  Deploying");
        await DeployAsync(cdk, stack, cancellation);
        return true;
    }

    /// <summary>Null when it cannot be read, of which the look at the account has told.</summary>
    private static StackNeeds? NeedsOf(ISurroundings surroundings, string app)
    {
        try
        {
            return surroundings.Needs(app);
        }
        catch (CliException)
        {
            return null;
        }
    }

    private async Task<bool> IsReadyAsync(ISurroundings surroundings, string app, CancellationToken cancellation)
    {
        var account = cli.Account();
        using var made = account as IDisposable;
        var checks = await new Preflight(surroundings, account, MayCreateAsync, cli.Clock, app).RunAsync(cancellation);
        CheckScreen.Print(cli, checks);
        if (wish.Force || checks.All(check => check.Outcome != Outcome.Error)) return true;
        cli.Fault("\nNothing was deployed. Mend what is wrong (✗) and try again, or go on all the same with --force.");
        return false;

        async Task<bool> MayCreateAsync(CancellationToken token) =>
            wish.IsAgreed || await cli.Ask(Preflight.RoleQuestion, token) == true;
    }

    private async Task<bool> IsWantedAsync(ISurroundings surroundings, CancellationToken cancellation)
    {
        if (wish.IsAgreed) return true;
        switch (await cli.Ask($"Deploy this to {surroundings.Where}?", cancellation))
        {
            case true:
                return true;
            case null:
                throw CliException.Usage("Nothing was deployed: there is no terminal to ask on. Agree with --yes.");
            default:
                cli.Note("Nothing was deployed.");
                return false;
        }
    }

    private async Task DeployAsync(CdkCli cdk, string? stack, CancellationToken cancellation)
    {
        var file = Path.Combine(Path.GetTempPath(), $"jobs-outputs-{cli.NewId()}.json");
        try
        {
            await cdk.DeployAsync(stack, file, cancellation);
            using var outputs = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellation));
            foreach (var deployed in outputs.RootElement.EnumerateObject()) Tell(deployed.Name, deployed.Value);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What the stack put out, and what to do now.</summary>
    private void Tell(string stack, JsonElement outputs)
    {
        var rows = outputs.EnumerateObject().Select(output => (output.Name, Value: output.Value.ToString())).ToList();
        if (rows.Count == 0) return;
        cli.Note($"\n{stack} is deployed.");
        var width = rows.Max(row => row.Name.Length);
        foreach (var (name, value) in rows) cli.WriteLine(new Cell(name.PadRight(width), "grey"), "  ", value);
        if (!rows.Exists(row => row.Name == OutputNames.RunsTable)) return;
        var lines = new CommandLines(stack);
        if (EmailsOf(wish.Context) is { } emails)
        {
            cli.Note($"\nConfirm the subscription: AWS has sent an e-mail to each new address of {emails}.");
        }
        else cli.Note("\nNo admin hears of failures: deploy with -c adminEmails=you@example.com.");
        if (rows.Exists(row => row.Name == OutputNames.CanaryRule)) cli.Note($"Then see it work: {lines.Verify()}");
    }

    private static string? EmailsOf(IEnumerable<string> context) =>
        context.LastOrDefault(one => one.StartsWith(AdminEmails, StringComparison.Ordinal)) is { } given
            && given.Length > AdminEmails.Length
                ? given[AdminEmails.Length..]
                : null;
}
