namespace Lapstack.Template;

/// <summary>
/// One CloudFormation resource type the emulator knows. Registered with <c>AddResource&lt;T&gt;()</c>; there is no
/// switch over types.
/// </summary>
public interface IResourceType
{
    /// <summary>Such as <c>AWS::SQS::Queue</c>.</summary>
    string Type { get; }

    /// <summary>
    /// What Ref and GetAtt give. Changes nothing and depends on nothing but the declaration, so that a whole template
    /// can be resolved before the first resource exists, and so that names are the same after a restart. Throws
    /// <see cref="TemplateException"/> for properties the emulator cannot honour.
    /// </summary>
    ResourceIdentity Identify(ResourceDeclaration declaration);

    /// <summary>
    /// Makes the resource, or takes up the one an earlier start made: state survives restarts.
    /// Called in dependency order; what takes long runs behind and is waited for by its users.
    /// </summary>
    Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation) => Task.CompletedTask;
}
