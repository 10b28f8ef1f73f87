using Amazon.CDK.AWS.Lambda;

namespace Jobs.Cdk.Functions;

/// <summary>What Lambda runs for every function, and by which of its runtimes.</summary>
internal sealed record FunctionCode(Runtime Runtime, string Handler, Code Code);
