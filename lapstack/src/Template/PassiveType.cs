namespace Lapstack.Template;

/// <summary>A type without behaviour of its own on a laptop: recorded, so that others can refer to it.</summary>
internal sealed class PassiveType(string type, Func<ResourceDeclaration, ResourceIdentity> identify) : IResourceType
{
    public string Type => type;

    public ResourceIdentity Identify(ResourceDeclaration declaration) => identify(declaration);
}
