using Amazon.CDK;
using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace Jobs.Cdk.Ground;

/// <summary>Runs once, when synthesis begins: for what depends on all that was added before.</summary>
internal sealed class Deferred(Action action) : DeputyBase, IAspect
{
    private bool _done;

    public void Visit(IConstruct node)
    {
        if (_done) return;
        _done = true;
        action();
    }
}
