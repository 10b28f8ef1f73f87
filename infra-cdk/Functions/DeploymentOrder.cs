using Amazon.CDK;
using Constructs;

namespace Jobs.Infra.Functions;

/// <summary>
/// What wakes somebody is made after what it wakes: an event in the midst of a deployment would find half of it.
/// </summary>
internal static class DeploymentOrder
{
    public static void AfterAll(this CfnResource waker, params IEnumerable<IConstruct> needed) =>
        waker.Node.AddDependency([.. needed.Distinct()]);
}
