namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>Not beside other tests: these set the environment of the process, as Lambda and ECS do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PermissionCollection : ICollectionFixture<PermissionStack>
{
    public const string Name = "one stack whose roles are tried";
}
