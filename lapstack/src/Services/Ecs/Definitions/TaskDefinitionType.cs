using System.Text.Json.Nodes;
using Lapstack.Template;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>AWS::ECS::TaskDefinition, for Fargate.</summary>
internal sealed class TaskDefinitionType(TaskDefinitionStore definitions) : IResourceType
{
    public string Type => "AWS::ECS::TaskDefinition";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var definition = TaskDefinitionJson.FromTemplate(declaration.Properties);
        TaskDefinitionRules.Check(declaration.LogicalId, definition);
        var arn = definitions.ArnOf(Family(declaration), definition);
        return new ResourceIdentity(arn, ("TaskDefinitionArn", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var family = resource.Ref[(resource.Ref.LastIndexOf('/') + 1)..resource.Ref.LastIndexOf(':')];
        JsonObject definition = TaskDefinitionJson.FromTemplate(resource.Properties);
        definitions.Register(family, definition);
        return Task.CompletedTask;
    }

    private static string Family(ResourceDeclaration declaration) => declaration.NameOr("Family", 255);
}
