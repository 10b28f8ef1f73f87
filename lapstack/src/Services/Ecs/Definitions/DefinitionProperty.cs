using System.Text.Json.Nodes;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>A property of a task definition, with all that is in it, and what becomes of it here.</summary>
/// <param name="Path">As the API spells it, with dots; <c>container</c> stands for an entry of
/// containerDefinitions.</param>
/// <param name="AsProcess">Where containers run as processes.</param>
/// <param name="InEngine">Where they run in a container engine.</param>
/// <param name="Sentence">What is otherwise than on Fargate; empty where nothing is.</param>
internal sealed record DefinitionProperty(string Path, Handling AsProcess, Handling InEngine, string Sentence)
{
    /// <summary>Whether a value is handled so; others are as on Fargate. Null: all that say something.</summary>
    public Func<JsonNode, bool>? Applies { get; init; }

    public Handling In(ContainerMode mode) => mode == ContainerMode.Processes ? AsProcess : InEngine;
}
