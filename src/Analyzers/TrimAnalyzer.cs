using System.Collections.Concurrent;
using System.Collections.Immutable;
using Jobs.Analyzers.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Analyzers;

/// <summary>
/// Says of a program that is published trimmed, or compiled ahead of time, which of its jobs would not be found there,
/// and which of the types that they take and give could not be read.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrimAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Switches = ["build_property.PublishAot", "build_property.PublishTrimmed"];

    /// <summary>Methods that write or read a type of the author's.</summary>
    private static readonly string[] Typed = ["SaveCheckpointAsync", "ReadCheckpointAsync", "ResultAsync"];

    private static readonly SymbolDisplayFormat Written = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Diagnostics.NoContext, Diagnostics.NotRegistered];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            if (!IsTrimmed(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions)) return;
            var known = new ConcurrentBag<ITypeSymbol>();
            var needed = new ConcurrentBag<(ITypeSymbol Type, Location Location)>();
            start.RegisterSymbolAction(
                symbol => Look((INamedTypeSymbol)symbol.Symbol, symbol, known, needed), SymbolKind.NamedType);
            start.RegisterOperationAction(call => Look(call, needed), OperationKind.Invocation);
            start.RegisterCompilationEndAction(end => Report(end, known, needed));
        });
    }

    private static bool IsTrimmed(AnalyzerConfigOptions build) => Array.Exists(
        Switches, one => build.TryGetValue(one, out var value) && bool.TryParse(value, out var isOn) && isOn);

    private static void Look(
        INamedTypeSymbol type,
        SymbolAnalysisContext context,
        ConcurrentBag<ITypeSymbol> known,
        ConcurrentBag<(ITypeSymbol Type, Location Location)> needed)
    {
        if (JsonTypes.IsContext(type, context.Compilation))
        {
            foreach (var one in JsonTypes.Of(type)) known.Add(one);
        }

        if (!JobSymbols.IsMeant(type) || JobSymbols.ContractsOf(type) is not [var contract]) return;
        if (JobSymbols.Registrable(type, context.Compilation) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.NotRegistered, type.Locations[0], type.Name));
        }

        foreach (var one in contract.TypeArguments) needed.Add((one, type.Locations[0]));
    }

    private static void Look(
        OperationAnalysisContext context, ConcurrentBag<(ITypeSymbol Type, Location Location)> needed)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!Typed.Contains(call.TargetMethod.Name)
            || call.TargetMethod.TypeArguments is not [{ } type]
            || call.TargetMethod.ContainingType.ToDisplayString() != "Jobs.JobContext") return;
        needed.Add((type, call.Syntax.GetLocation()));
    }

    private static void Report(
        CompilationAnalysisContext context,
        IEnumerable<ITypeSymbol> known,
        IEnumerable<(ITypeSymbol Type, Location Location)> needed)
    {
        var types = new HashSet<ITypeSymbol>(known, SymbolEqualityComparer.Default);
        foreach (var (type, location) in needed)
        {
            if (types.Contains(type) || IsOfSdk(type) || type.TypeKind is TypeKind.Error or TypeKind.TypeParameter)
            {
                continue;
            }

            context.ReportDiagnostic(
                Diagnostic.Create(Diagnostics.NoContext, location, type.ToDisplayString(Written)));
        }
    }

    /// <summary>Those of Sdk's own context.</summary>
    private static bool IsOfSdk(ITypeSymbol type) => type.SpecialType is
            SpecialType.System_Boolean or SpecialType.System_Int32 or SpecialType.System_Int64 or
            SpecialType.System_Double or SpecialType.System_Decimal or SpecialType.System_String
        || type.ToDisplayString(NullableFlowState.None) is
            "Jobs.Upload" or "Jobs.ScheduledTime" or "Jobs.DrainSummary" or "Jobs.RunState" or
            "System.Guid" or "System.DateTimeOffset" or "System.Text.Json.JsonElement";
}
