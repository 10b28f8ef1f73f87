using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Output;

namespace Jobs.Local.Synthesis;

/// <summary>
/// Makes the cloud assembly that `cdk deploy` would deploy: runs the commands of the app's cdk.json as the CDK CLI
/// does. Does nothing while nothing it is made from has changed.
/// </summary>
internal sealed class StackSynthesis(Workspace workspace, Steps steps)
{
    /// <summary>The workspace's cloud assembly is that of its files.</summary>
    /// <exception cref="AppException">It cannot be built or synthesized; the message has the errors.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (LastStamp() == Stamp())
        {
            steps.Note("The stack is synthesized already, from the same inputs.");
            return;
        }

        (await SynthesizeAsync(cancellation)).Take();
    }

    /// <summary>The digest of what the workspace's cloud assembly was made from; null when there is none.</summary>
    public string? LastStamp()
    {
        var file = Path.Combine(workspace.CloudAssembly, FreshStack.StampFile);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>A digest of everything that the stack is made from now.</summary>
    public string Stamp() => StampOf(CdkApp.Read(workspace.App));

    /// <summary>Builds and synthesizes beside the last one, which stays until this one is taken.</summary>
    /// <exception cref="AppException">It cannot be built or synthesized; the message has the errors.</exception>
    public async Task<FreshStack> SynthesizeAsync(CancellationToken cancellation)
    {
        var app = CdkApp.Read(workspace.App);
        var stamp = StampOf(app);
        await NodeJs.RequireAsync(NodeJs.Program, workspace.Root, cancellation);
        if (app.Build is { } build)
        {
            await steps.StepAsync(
                "Building the stack, its functions and its workers",
                () => Tool.ShellAsync(build, app.Folder, new Dictionary<string, string>(), cancellation));
        }

        return await steps.StepAsync(
            "Synthesizing the stack (CDK)", () => SynthesizeAsync(app, stamp, cancellation));
    }

    private async Task<FreshStack> SynthesizeAsync(CdkApp app, string stamp, CancellationToken cancellation)
    {
        var fresh = new FreshStack(workspace, workspace.CloudAssembly + ".new");
        if (Directory.Exists(fresh.Folder)) Directory.Delete(fresh.Folder, recursive: true);
        Directory.CreateDirectory(fresh.Folder);
        await Tool.ShellAsync(app.Run, app.Folder, EnvironmentOf(app, fresh.Folder), cancellation);
        if (!File.Exists(Path.Combine(fresh.Folder, "manifest.json")))
        {
            throw new AppException(
                $"`{app.Run}` in {app.Folder} ended well, but wrote no stack to the folder that CDK_OUTDIR names. " +
                "It must end with app.Synth().");
        }

        await File.WriteAllTextAsync(Path.Combine(fresh.Folder, FreshStack.StampFile), stamp, cancellation);
        return fresh;
    }

    private string StampOf(CdkApp app) =>
        InputStamp.Of(workspace.Root, $"{app.Folder}\n{app.Build}\n{app.Run}\n{app.Context}");

    private static Dictionary<string, string> EnvironmentOf(CdkApp app, string folder) => new()
    {
        ["CDK_OUTDIR"] = folder,
        ["CDK_CONTEXT_JSON"] = app.Context.ToJsonString(),
        ["CDK_DEFAULT_ACCOUNT"] = Laptop.Account,
        ["CDK_DEFAULT_REGION"] = Laptop.Region,
        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "1",
    };
}
