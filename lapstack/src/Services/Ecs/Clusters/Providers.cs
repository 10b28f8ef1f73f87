using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Clusters;

/// <summary>Reads capacity providers as templates declare them.</summary>
internal static class Providers
{
    /// <exception cref="TemplateException">A provider other than Fargate's two.</exception>
    public static IReadOnlyList<string> Names(JsonObject properties)
    {
        var names = properties.Texts("CapacityProviders") ?? [];
        return names.FirstOrDefault(n => n is not ("FARGATE" or "FARGATE_SPOT")) is { } unknown
            ? throw new TemplateException(
                $"The capacity provider {unknown} is not Fargate's; the local emulator has FARGATE and FARGATE_SPOT.")
            : names;
    }

    public static IReadOnlyList<CapacityProviderItem> Strategy(JsonObject properties, string name) =>
        [.. properties.Structures(name).Select(i =>
            new CapacityProviderItem(
                i.Text("CapacityProvider") ?? "", i.Number("Base") ?? 0, i.Number("Weight") ?? 0))];
}
