using Amazon.CDK;
using Jobs.Cdk.Apps;
using Jobs.Cdk.Checks;

namespace Jobs;

/// <summary>
/// A CDK app as the CDK CLI and the laptop start it: its <c>Main</c>. With CDK's recommended feature flags, and with
/// what is wrong in the declarations as sentences, each behind the path of its construct.
/// https://docs.aws.amazon.com/cdk/v2/guide/apps.html
/// </summary>
/// <example><code>
/// return JobsApp.Run(app => new JobsStack(app, "acme"));
/// </code></example>
public static class JobsApp
{
    private const string Invalid = "Error: Validation failed";

    /// <summary>
    /// Synthesizes into the folder of the environment variable CDK_OUTDIR, which the CDK CLI sets, or into a temporary
    /// one. Errors go to the standard error output.
    /// </summary>
    /// <param name="define">Adds the stacks.</param>
    /// <param name="props">Of the app. A feature flag in its context outweighs the recommended one. Default: none.
    /// </param>
    /// <returns>The exit code: 0, or 1 when a declaration is wrong or a template too large.</returns>
    public static int Run(Action<App> define, AppProps? props = null)
    {
        try
        {
            var app = Create(props);
            define(app);
            var errors = app.Synth().Stacks.SelectMany(
                stack => TemplateLimit.Check(stack.StackName, File.ReadAllText(stack.TemplateFullPath))).ToList();
            foreach (var error in errors) Console.Error.WriteLine(error);
            return errors.Count == 0 ? 0 : 1;
        }
        catch (Exception e) when (IsOfTheAuthor(e))
        {
            // What is wrong is in the declarations; where it was noticed is of no use to their author.
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static bool IsOfTheAuthor(Exception e) =>
        e is WorkerImageException || e.Message.StartsWith(Invalid, StringComparison.Ordinal);

    /// <summary>The app that <see cref="Run"/> hands out, for a test that looks into its templates.</summary>
    /// <param name="props">As of <see cref="Run"/>.</param>
    public static App Create(AppProps? props = null) => new(RecommendedFlags.AddTo(props ?? new AppProps()));
}
