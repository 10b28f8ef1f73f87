using Amazon.CDK;
using Amazon.JSII.Runtime;

using Jobs.Infra;

// Writes the cloud assembly to CDK_OUTDIR, which the CDK CLI sets, or to cdk.out.
try
{
    JobsStack.CreateApp(new AppProps { Context = RecommendedFlags.All }).Synth();
    return 0;
}
catch (JsiiException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
