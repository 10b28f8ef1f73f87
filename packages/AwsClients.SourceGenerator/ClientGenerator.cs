using System;
using Microsoft.CodeAnalysis;

namespace AwsClients.SourceGenerator;

/// <summary>
/// Writes the client of an AWS service from its description, <c>Api.txt</c>: the client and its interface, requests,
/// responses, what they are made of, exceptions, and all of them on the wire. <see cref="Api"/> tells the form.
/// </summary>
[Generator]
public sealed class ClientGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var descriptions = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith("Api.txt", StringComparison.Ordinal))
            .Select(static (file, stop) => file.GetText(stop)?.ToString() ?? "");
        context.RegisterSourceOutput(descriptions, static (output, text) =>
        {
            var api = Api.Parse(text);
            output.AddSource("Client.g.cs", ClientWriter.Write(api));
            output.AddSource("Model.g.cs", ModelWriter.Write(api));
            output.AddSource("Wire.g.cs", WireWriter.Write(api));
        });
    }
}
