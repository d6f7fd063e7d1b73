namespace RoutingGrid.Simulation.People;

/// <summary>What agents write, in the customer's language.</summary>
internal static class Answers
{
    private static readonly Dictionary<string, string[]> Spanish = new()
    {
        ["question"] =
        [
            "¡Hola! Claro que sí: lo tienes en «Mis viajes», apartado Equipaje y asientos. Si no te aparece, dímelo y lo hago yo.",
            "Gracias por escribirnos. Ya lo he comprobado: está todo correcto y te llega la confirmación por correo en unos minutos.",
            "¡Buenas! Sí, se puede, y no tiene coste hasta 24 horas antes de salir.",
        ],
        ["complaint"] =
        [
            "Sentimos mucho lo ocurrido. He abierto el expediente y te escribo en cuanto tenga respuesta; si lo prefieres, seguimos por privado.",
            "Tienes razón y te pedimos disculpas. Ya he pedido la devolución: la verás en un plazo de cinco días.",
            "Lamentamos la espera. He reservado plaza en el siguiente vuelo y te envío la nueva tarjeta de embarque.",
        ],
        ["praise"] =
        [
            "¡Muchísimas gracias! Se lo haremos llegar al equipo, les va a alegrar el día.",
            "¡Qué ilusión leerte! Te esperamos a bordo.",
        ],
        ["sale"] =
        [
            "¡Hola! Quedan plazas. Te paso la oferta por privado, válida hasta esta noche.",
            "Claro: para ese día hay tarifa Ligera y Flexible. ¿Te hago la reserva?",
        ],
    };

    private static readonly Dictionary<string, string[]> English = new()
    {
        ["question"] =
        [
            "Hi! Yes: you'll find it in My trips, under Bags and seats. If it isn't there, tell me and I'll do it for you.",
            "Thanks for getting in touch. I've checked and everything is in order; the confirmation will be in your inbox in a few minutes.",
            "Hello! Yes, you can, and it's free up to 24 hours before departure.",
        ],
        ["complaint"] =
        [
            "We're very sorry about this. I've opened a file and will write as soon as I have an answer; we can go on in private if you prefer.",
            "You're right, and we apologise. I've requested the refund: you'll see it within five days.",
            "Sorry for the wait. I've put you on the next flight and am sending the new boarding pass.",
        ],
        ["praise"] =
        [
            "Thank you so much! We'll pass it on to the crew, it will make their day.", "How lovely to read this. See you on board!",
        ],
        ["sale"] =
        [
            "Hi! There are seats left. I'm sending you the offer in private; it's good until tonight.",
            "Of course: there's a Light and a Flexible fare on that day. Shall I book it for you?",
        ],
    };

    private static readonly string[] SpanishQuestions =
    [
        "¿Me puedes dar el localizador, por favor?", "Para mirarlo necesito tu número de vuelo y la fecha. ¿Me los pasas?",
    ];
    private static readonly string[] EnglishQuestions =
    [
        "Could you give me your booking reference, please?",
        "To look into it I need the flight number and the date. Could you send them?",
    ];

    public static string To(string? language, string? purpose, Pace pace)
    {
        var book = language == "en" ? English : Spanish;
        return pace.Pick(book.GetValueOrDefault(purpose ?? "", book["question"]));
    }

    public static string Question(string? language, Pace pace) => pace.Pick(language == "en" ? EnglishQuestions : SpanishQuestions);

    /// <summary>A note for the colleague who goes on with it.</summary>
    public static string Handover(string? language) =>
        language == "en" ? "Not for our desk: the customer has been told that a colleague will take over." : "No es de nuestra mesa: el cliente sabe que sigue un compañero.";
}
