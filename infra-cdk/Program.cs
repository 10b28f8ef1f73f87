using Amazon.CDK;
using Jobs.Infra;

// Writes the cloud assembly to CDK_OUTDIR, which the CDK CLI sets, or to a temporary folder.
const string Invalid = "Error: Validation failed";
try
{
    JobsStack.CreateApp(new AppProps { Context = RecommendedFlags.All }).Synth();
    return 0;
}
catch (Exception e) when (e.Message.StartsWith(Invalid, StringComparison.Ordinal))
{
    // What is wrong is in the declarations; where CDK noticed is of no use to their author.
    Console.Error.WriteLine(e.Message);
    return 1;
}
