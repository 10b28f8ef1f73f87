using Jobs.Local.Ground;
using Jobs.Local.Output;

namespace Jobs.Local.Synthesis;

/// <summary>
/// Makes the cloud assembly that `cdk deploy` would deploy: runs the commands of the app's cdk.json as the CDK CLI does.
/// Does nothing while nothing it is made from has changed.
/// </summary>
internal sealed class StackSynthesis(Workspace workspace, Steps steps)
{
    private const string StampFile = "inputs.sha256";

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var app = CdkApp.Read(workspace.App);
        var stamp = InputStamp.Of(workspace.Root, $"{app.Folder}\n{app.Build}\n{app.Run}\n{app.Context}");
        var stampFile = Path.Combine(workspace.CloudAssembly, StampFile);
        if (File.Exists(stampFile) && await File.ReadAllTextAsync(stampFile, cancellation) == stamp)
        {
            steps.Note("The stack is synthesized already, from the same inputs.");
            return;
        }

        await NodeJs.RequireAsync(NodeJs.Program, workspace.Root, cancellation);
        if (app.Build is { } build)
        {
            await steps.StepAsync(
                "Building the stack, its functions and its workers",
                () => Tool.ShellAsync(build, app.Folder, new Dictionary<string, string>(), cancellation));
        }

        await steps.StepAsync("Synthesizing the stack (CDK)", () => SynthesizeAsync(app, stamp, cancellation));
    }

    private async Task SynthesizeAsync(CdkApp app, string stamp, CancellationToken cancellation)
    {
        // Beside the old one, so that a synthesis that fails or is interrupted leaves nothing half-made.
        var fresh = workspace.CloudAssembly + ".new";
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        Directory.CreateDirectory(fresh);
        await Tool.ShellAsync(app.Run, app.Folder, EnvironmentOf(app, fresh), cancellation);
        if (!File.Exists(Path.Combine(fresh, "manifest.json")))
        {
            throw new LocalException(
                $"`{app.Run}` in {app.Folder} ended well, but wrote no stack to the folder that CDK_OUTDIR names. " +
                "It must end with app.Synth().");
        }

        await File.WriteAllTextAsync(Path.Combine(fresh, StampFile), stamp, cancellation);
        if (Directory.Exists(workspace.CloudAssembly)) Directory.Delete(workspace.CloudAssembly, recursive: true);
        Directory.Move(fresh, workspace.CloudAssembly);
    }

    private static Dictionary<string, string> EnvironmentOf(CdkApp app, string folder) => new()
    {
        ["CDK_OUTDIR"] = folder,
        ["CDK_CONTEXT_JSON"] = app.Context.ToJsonString(),
        ["CDK_DEFAULT_ACCOUNT"] = Laptop.Account,
        ["CDK_DEFAULT_REGION"] = Laptop.Region,
        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "1",
    };
}
