using static RoutingGrid.Simulation.Traffic.Purposes;

namespace RoutingGrid.Simulation.Traffic;

internal static class SpanishPhrases
{
    public static PhraseBook Book { get; } = new()
    {
        Greetings = ["Hola", "Hola, buenas", "Buenas", "Buenos días", "Hola, ¿hay alguien?", "Buenas tardes"],
        MailGreetings = ["Buenos días:", "Hola:", "Estimados señores:", "Buenas tardes:"],
        MailClosings = ["Un saludo", "Gracias y un saludo", "Atentamente", "Quedo a la espera. Un saludo"],
        Days = ["hoy", "mañana", "el viernes", "el lunes", "este sábado", "el domingo", "el día 14", "la semana que viene"],
        Details =
        [
            "El localizador es {code}.", "Mi vuelo es el {flight}, por si ayuda.", "Lo compré desde la app, no en la web.",
            "Somos dos adultos y una niña.",
            "Os dejo el número de reserva: {code}.", "Y otra cosa, necesitaría la factura.", "Perdón, quería decir {day}.",
            "Ya llamé por teléfono y no me lo supieron decir.",
            "Os mando también una captura.", "Es el vuelo de {city} a {to}.",
        ],
        Nudges =
        [
            "¿Hola?", "¿Me podéis decir algo?", "Sigo esperando respuesta.", "¿Hay alguna novedad?",
            "Perdonad que insista, pero me corre prisa.", "¿Alguien me lee?",
            "Embarco en una hora, por favor.",
        ],
        Tails = new()
        {
            [Question] =
            [
                "Gracias.", "Gracias de antemano.", "¿Me podéis ayudar?", "Es un poco urgente.", "¡Gracias!",
                "No lo encuentro en la web.",
            ],
            [Complaint] =
            [
                "Esto no puede ser.", "Espero una respuesta.", "No es la primera vez.", "Quiero una solución ya.",
                "Pondré una reclamación.", "Muy decepcionada.", "Qué vergüenza.",
            ],
            [Praise] = ["¡Gracias!", "Así da gusto.", "Repetiremos.", "Enhorabuena al equipo.", "Un diez."],
            [Sale] =
            [
                "¿Me pasáis precios?", "¿Queda sitio?", "Gracias.", "Si hay buena oferta, lo cierro hoy.", "¿Se puede pagar a plazos?",
            ],
        },
        Bodies = new()
        {
            [(Question, Topic.Baggage)] =
            [
                "¿Cuánto cuesta añadir una maleta de 23 kg al vuelo {flight}?",
                "¿Qué medidas tiene que tener la mochila para ir en cabina?",
                "Viajo {day} a {to} y llevo una tabla de surf. ¿Se factura aparte?", "¿Puedo llevar un carrito de bebé sin pagar?",
            ],
            [(Question, Topic.Delay)] =
            [
                "¿Sabéis si el {flight} de {city} sale a su hora?", "En el aeropuerto no dicen nada del vuelo a {to}. ¿Va con retraso?",
                "Si mi vuelo se retrasa {hours} horas y pierdo la conexión en {city}, ¿qué hago?",
            ],
            [(Question, Topic.Refund)] =
            [
                "¿Cuánto tarda en llegar un reembolso? Lo pedí {day}.", "Cancelé la reserva {code}. ¿Me devolvéis las tasas?",
                "¿El seguro cubre la cancelación por enfermedad?",
            ],
            [(Question, Topic.CheckIn)] =
            [
                "¿Desde cuándo se puede hacer el check-in para {day}?", "No me llega la tarjeta de embarque del {flight} al correo.",
                "Puse mal una letra del apellido en la reserva {code}. ¿Se puede cambiar?",
                "¿Mi hija de 9 años necesita pasaporte para ir a {to}?", "Se me olvidó facturar online. ¿Me cobran en el mostrador?",
            ],
            [(Question, Topic.App)] =
            [
                "La app no me deja entrar, dice que la contraseña no es válida.", "¿Cómo añado a mi pareja a la reserva desde la app?",
                "Me sale un error al pagar con tarjeta en la web. ¿Se ha cobrado o no?",
            ],
            [(Question, Topic.Seats)] =
            [
                "¿Se pueden elegir asientos juntos sin pagar si viajo con niños?",
                "Quiero cambiar el asiento del {flight} a ventanilla.", "¿Cuánto cuesta la salida de emergencia de {city} a {to}?",
            ],
            [(Question, Topic.Pets)] =
            [
                "¿Puede viajar mi perro en cabina? Pesa 7 kilos.", "¿Qué papeles necesita mi gata para volar a {to}?",
            ],
            [(Question, Topic.Points)] =
            [
                "No me aparecen los puntos del vuelo {flight}.", "¿Cuándo caducan los puntos Alisio?",
                "¿Puedo regalarle puntos a mi madre?",
            ],
            [(Question, Topic.Invoice)] =
            [
                "Necesito la factura de la reserva {code} a nombre de la empresa.", "¿Dónde descargo la factura? Vuelo {day}.",
            ],
            [(Complaint, Topic.Baggage)] =
            [
                "Mi maleta no ha llegado a {to} y nadie sabe dónde está.", "Me habéis devuelto la maleta con una rueda rota.",
                "{hours} horas esperando el equipaje en {city}.",
                "Me hicieron pagar {euros} euros por una mochila que en la ida pasó sin problema.",
            ],
            [(Complaint, Topic.Delay)] =
            [
                "{hours} horas de retraso en el {flight} y ni una explicación.",
                "Otra vez tarde. Tercer vuelo seguido desde {city} que sale con {hours} horas de retraso.",
                "Por vuestro retraso he perdido la conexión a {to} y me quedo aquí hasta {day}.",
                "Llevamos {hours} horas dentro del avión en {city} sin agua ni información.",
            ],
            [(Complaint, Topic.Cancelled)] =
            [
                "Me cancelan el {flight} por SMS a tres horas de salir.",
                "Vuelo cancelado a {to} y me ofrecéis otro {day}. ¿Y el hotel quién lo paga?",
                "Cancelado sin avisar. En el mostrador de {city} no hay nadie.",
            ],
            [(Complaint, Topic.Refund)] =
            [
                "Llevo dos meses esperando {euros} euros de reembolso.",
                "Me prometisteis el reembolso de la reserva {code} y sigue sin llegar.",
                "Me habéis cobrado dos veces el mismo billete: {euros} euros.",
            ],
            [(Complaint, Topic.App)] =
            [
                "La app lleva toda la mañana caída y no puedo sacar la tarjeta de embarque.",
                "He metido la tarjeta cuatro veces y la web se cuelga justo al pagar.",
            ],
            [(Complaint, Topic.Seats)] =
            [
                "Pagué {euros} euros por asientos juntos y nos han separado.",
                "Sobreventa en el {flight}: me dejan en tierra con billete pagado.",
            ],
            [(Complaint, Topic.Points)] =
            [
                "Me han desaparecido los puntos de dos años.", "Pasé a oro en marzo y todavía no puedo entrar en la sala de {city}.",
            ],
            [(Complaint, Topic.Invoice)] =
            [
                "He pedido la factura cuatro veces y nadie contesta.",
                "La factura de la reserva {code} viene con un NIF que no es el mío.",
            ],
            [(Praise, Topic.Crew)] =
            [
                "Gracias a la tripulación del {flight}, se portaron genial con mi padre.",
                "Vuelo de {city} a {to} puntual y con un trato de diez.",
                "La sobrecargo del {flight} calmó a todo el avión en las turbulencias. Una profesional.",
            ],
            [(Praise, Topic.Baggage)] =
            [
                "Perdí la maleta en {city} y me la trajisteis a casa al día siguiente.", "Chapó por el equipo de equipajes de {to}.",
            ],
            [(Praise, Topic.App)] =
            [
                "La app nueva va de maravilla, check-in en un minuto.", "Por fin puedo cambiar el asiento desde el móvil.",
            ],
            [(Praise, Topic.Refund)] =
            [
                "Pedí el reembolso {day} y ya lo tengo en la cuenta.", "Me resolvieron el cambio de vuelo por chat en cinco minutos.",
            ],
            [(Sale, Topic.Fares)] =
            [
                "Quiero ir de {city} a {to} {day}, dos personas. ¿Qué precio tendría?", "¿Tenéis oferta para {to} en Navidad?",
                "¿Cuánto sale la tarifa flexible a {to}?", "He visto {euros} euros a {to} en Instagram. ¿Sigue en pie?",
            ],
            [(Sale, Topic.Groups)] =
            [
                "Somos 24 y queremos volar a {to} en mayo. ¿Hay tarifa de grupo?",
                "Organizo un viaje de fin de curso, 52 alumnos de {city} a {to}.",
            ],
            [(Sale, Topic.Seats)] =
            [
                "Me gustaría pasar a business en el {flight}. ¿Cuánto sería?", "¿Qué incluye la tarifa Premium de {city} a {to}?",
            ],
            [(Sale, Topic.Pets)] = ["Quiero reservar para mí y mi perro a {to} {day}."],
        },
        Crisis = new()
        {
            [Topic.Cancelled] =
            [
                "Cancelados todos los vuelos desde {city} y nadie da la cara.",
                "Cientos de personas tiradas en {city}. Ni hotel, ni comida, ni información.",
                "¿Qué pasa en {city}? Mi vuelo a {to} también está cancelado.",
            ],
            [Topic.Delay] =
            [
                "Caos en {city}: {hours} horas de retraso y subiendo.", "Todo el aeropuerto de {city} parado y vosotros callados.",
                "En {city} llevamos {hours} horas en la puerta de embarque con niños y mayores.",
            ],
            [Topic.App] =
            [
                "La web y la app de Alisio caídas desde hace {hours} horas. Nadie puede facturar.",
                "No se puede hacer el check-in del {flight}, todo da error.", "Se os ha caído todo. ¿Cómo embarco {day}?",
            ],
            [Topic.Baggage] =
            [
                "Las maletas de {city} a {to} no han salido. Todo el avión sin equipaje.",
                "Hay montañas de maletas abandonadas en {city}. Una vergüenza.", "Otro más sin maleta en {to}. Somos más de cien.",
            ],
        },
    };
}
