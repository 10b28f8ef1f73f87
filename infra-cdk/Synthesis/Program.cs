using Amazon.CDK;
using Jobs.Infra.Checks;
using Jobs.Infra.Synthesis;

// Writes the cloud assembly to CDK_OUTDIR, which the CDK CLI sets, or to a temporary folder.
const string Invalid = "Error: Validation failed";
try
{
    var assembly = JobsStack.CreateApp(new AppProps { Context = RecommendedFlags.All }).Synth();
    var errors = assembly.Stacks.SelectMany(
        stack => TemplateLimit.Check(stack.StackName, File.ReadAllText(stack.TemplateFullPath))).ToList();
    foreach (var error in errors) Console.Error.WriteLine(error);
    return errors.Count == 0 ? 0 : 1;
}
catch (Exception e) when (e.Message.StartsWith(Invalid, StringComparison.Ordinal))
{
    // What is wrong is in the declarations; where CDK noticed is of no use to their author.
    Console.Error.WriteLine(e.Message);
    return 1;
}
