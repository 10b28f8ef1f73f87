using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests;

/// <summary>Calls of ECS, as the emulator's owner.</summary>
internal static class EcsCalls
{
    public static async Task<JsonNode> EcsAsync(this EmulatedStack stack, string operation, string input) =>
        (await stack.JsonAsync("ecs", $"AmazonEC2ContainerServiceV20141113.{operation}", input)).Json;
}
