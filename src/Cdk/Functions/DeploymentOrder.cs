using Amazon.CDK;
using Constructs;

namespace Jobs.Cdk.Functions;

/// <summary>
/// What sends events is made after what they wake: an event in the midst of a deployment would find half of it.
/// </summary>
internal static class DeploymentOrder
{
    public static void AfterAll(this CfnResource waker, params IEnumerable<IConstruct> needed) =>
        waker.Node.AddDependency([.. needed.Distinct()]);
}
