using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace Jobs.Cdk.Ground;

/// <summary>
/// Fails synthesis with all messages of all constructs at once, each behind the path of its construct.
/// </summary>
internal sealed class Validation(Func<IEnumerable<string>> messages) : DeputyBase, IValidation
{
    public string[] Validate() => [.. messages()];
}
