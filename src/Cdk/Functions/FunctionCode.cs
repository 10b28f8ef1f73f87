using Amazon.CDK.AWS.Lambda;

namespace Jobs.Cdk.Functions;

/// <summary>What Lambda runs for every function, and by which of its runtimes.</summary>
internal sealed record FunctionCode(Runtime Runtime, string Handler, Code Code)
{
    /// <summary>
    /// They wait for AWS most of their time, and what they cost is memory times time. Lambda gives processor time in
    /// proportion: with as much of it a cold start takes a third of a second natively, and 1.4 s managed, which with
    /// 128 MB took 3.1 s. <c>bench/coldstart --memory</c> measures it.
    /// </summary>
    public int UsualMemoryMiB => Runtime.Name == Amazon.CDK.AWS.Lambda.Runtime.PROVIDED_AL2023.Name ? 128 : 256;
}
