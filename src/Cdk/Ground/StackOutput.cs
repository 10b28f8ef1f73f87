using Amazon.CDK;
using Constructs;
using Jobs.Core;

namespace Jobs.Cdk.Ground;

/// <summary>
/// What the stack tells people and tools: an output under exactly this name, from wherever its construct is.
/// </summary>
internal static class StackOutput
{
    public static void Add(Construct scope, string name, string value, string description) =>
        new CfnOutput(scope, $"{name}Output", new CfnOutputProps { Value = value, Description = description })
            .OverrideLogicalId(name);

    /// <summary>A queue that <c>dotnet jobs status</c> shows.</summary>
    /// <param name="name">Letters and digits.</param>
    public static void AddQueue(Construct scope, string name, string url) =>
        Add(scope, OutputNames.QueuePrefix + name, url, $"Queue {name}.");

    /// <summary>A queue of what could not be done, which <c>dotnet jobs dead-letters</c> reads.</summary>
    /// <param name="name">Letters and digits; the name of the queue it belongs to, if there is one.</param>
    public static void AddDeadLetters(Construct scope, string name, string url) =>
        Add(scope, OutputNames.DeadLettersPrefix + name, url, $"What {name} could not do.");
}
